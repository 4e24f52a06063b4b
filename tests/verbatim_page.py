"""A page of the tests alone: every place of Streamlit that reads Markdown, with texts that look like it."""

from __future__ import annotations

import streamlit as st

from dashboard.components.markdown import escape_markdown

TEXTS = (
    "$E=mc^2$ [点](http://evil.example) 若干",
    "$$\\frac{1}{2}$$ 单价 $5 和 $6",
    ":red[红]良好 :blue-background[底] :small[小] :orange-badge[牌]",
    ":material/home: :material_home: :streamlit: :smile: :+1: :help[?]",
    "**粗** *斜* __粗__ _斜_ ~~删~~ `码` ```块```",
    "![图](http://127.0.0.1:9/x.png) <http://a.example> <br> <img src=x> <!-- 注 -->",
    "&lt;b&gt; &#39; &amp; &copy;",
    "www.evil.example http://evil.example/a?b=c https://x.example 甲a.b@evil.example mailto:a@b.example",
    "-> <- <-> -- >= <= ~=",
    "达标率 >= 90% 甲 -> 乙",
    "# 一",
    "###### 六",
    "> 引",
    "- 列",
    "+ 列",
    "* 列",
    "1. 列",
    "1) 列",
    "- [x] 做完",
    "---",
    "====",
    "    缩进",
    "| a | b |",
    "[^1] [一]: http://x.example",
    "\\*斜\\* \\\\ 结尾\\",
    "甲\n\n乙\n===\n丙  \n丁",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    ":::note\n里\n:::",
    '{{7*7}} %{1} =HYPERLINK("http://x")',
    "（一）综合工作经费（常）2024.1-12，含 10:30 会议",
)


def main() -> None:
    tabs = st.tabs([escape_markdown(one) for one in TEXTS])
    for at, (tab, text) in enumerate(zip(tabs, TEXTS, strict=True)):
        shown = escape_markdown(text)
        with tab, st.container(key=f"text-{at}"):
            st.button(shown, key=f"button-{at}", help=shown)
            st.download_button(shown, b"", key=f"download-{at}")
            st.link_button(shown, "projects")
            st.error(shown)
            st.success(shown)
            st.caption(shown)
            st.metric(shown, shown)
            st.checkbox(shown, key=f"checkbox-{at}")
            st.text_input(shown, key=f"input-{at}")
            st.selectbox(shown, ["一"], key=f"select-{at}")
            st.radio(shown, [shown], key=f"radio-{at}")
            st.segmented_control(shown, [shown], key=f"segments-{at}")
            st.progress(0.5, shown)
            with st.expander(shown):
                st.text("里")
            if st.button("说一声", key=f"say-{at}"):
                st.toast(shown)


if __name__ == "__main__":
    main()
