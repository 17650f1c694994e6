"""Site to pages and files: views, rendering and writing."""
