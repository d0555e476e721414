"""Pages. Every page of an object begins with `visible_to(request.user)`."""
