"""The directives that come with the library."""

DEFAULT = "putian-2019-52"
