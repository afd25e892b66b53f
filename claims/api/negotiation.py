from rest_framework.negotiation import DefaultContentNegotiation


class AlwaysJson(DefaultContentNegotiation):
    """Whatever a reader says it accepts, it is told in JSON: there is nothing else, and a browser
    that somebody follows a link with asks for HTML."""

    def select_renderer(self, request, renderers, format_suffix=None):
        """The one there is."""
        return renderers[0], renderers[0].media_type
