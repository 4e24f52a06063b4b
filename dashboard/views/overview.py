"""Trial."""
import sys; sys.path.insert(0,"/tmp/h3")
import streamlit as st
from dashboard import widgets
from dashboard.figures import budget, coverage
SLOTS=("数量","质量","时效","成本","经济效益","社会效益","生态效益","可持续影响","满意度")

def page() -> None:
    from hand import rows
    widgets.headline("满意度等 3 类指标全部空缺，涉及 396.63 万元", "2024 年 6 个项目；“一网统管”试点专题项目占 46.9%，前三个项目合计占 90.2%。")
    widgets.tiles([widgets.Tile("项目","6","全部为二级项目"),widgets.Tile("2024 年预算（万元）","396.63","3,966,300 元"),widgets.Tile("三级指标","56","平均每个项目 9.3 条"),widgets.Tile("指标类别覆盖（格）","36 / 54","3 类没有一个项目填写",True)])
    left,right=st.columns([5,7],border=True)
    with left:
        widgets.panel_title("前三个项目占 90.2%","点条形查看项目")
        r=widgets.chart(budget.ranked(rows,widgets.money_unit(),396630000),"budget",6,"x")
    with right:
        widgets.panel_title("六个项目都没有","点格子查看")
        r=widgets.chart(coverage.matrix(rows,SLOTS),"matrix",8,"x")
        st.write(r)
