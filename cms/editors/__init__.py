"""What those who keep the site work with in the admin: dashboard, templates, reports, guide."""
