"""A thin dialog around the program phusong: every parameter comes from what the program says of itself."""


def classFactory(interface):
    from .provider import Plugin
    return Plugin(interface)
