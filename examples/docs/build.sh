npx weekloom build "content/blog/*weekly*/index.md" --site https://example.org --out public/feeds
