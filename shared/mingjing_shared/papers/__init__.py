"""Official papers (公文): what they say is data, how they look is one template."""
