"""The register's pages, one module for each subject."""
