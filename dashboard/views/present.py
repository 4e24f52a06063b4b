"""演示: the slides of the meeting, made of what the filters leave; ``?slide=N`` is the one that is shown."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.components.filters import filters, standard
from dashboard.components.slideshow import slideshow
from dashboard.exports import deck
from dashboard.session import cache
from dashboard.views.empty import empty


def page() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        scope = filters()
        place = st.container(key="take", width="content")
    if not cache.whole(scope, standard().name)["projects"]:
        return empty(scope)
    snapshot = cache.snapshot(scope, standard(), date.today())

    def file() -> bytes:
        return deck.page(snapshot)

    with place:
        name = snapshot.caption.file("演示文稿", "html")
        st.download_button("下载演示文稿", file, name, "text/html", key="download-deck", on_click="ignore")
    st.html('<h1 class="unseen">演示</h1>')
    slideshow(cache.slides(scope, standard(), snapshot.made))
