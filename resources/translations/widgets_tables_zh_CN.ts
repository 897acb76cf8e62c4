<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ColumnFilterPopup</name>
    <message>
        <source>Filter of %1</source>
        <translation type="unfinished">%1 的筛选条件</translation>
    </message>
    <message>
        <source>Rows where %1 …</source>
        <translation type="unfinished">%1 满足以下条件的行</translation>
    </message>
    <message>
        <source>has &amp;no value</source>
        <translation type="unfinished">没有值(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Remove filter</source>
        <translation type="unfinished">取消筛选(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation type="unfinished">应用(&amp;A)</translation>
    </message>
    <message>
        <source>contains</source>
        <translation type="unfinished">包含</translation>
    </message>
    <message>
        <source>contains …</source>
        <translation type="unfinished">包含…</translation>
    </message>
    <message>
        <source>from</source>
        <translation type="unfinished">从</translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished">到</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation type="unfinished">类别</translation>
    </message>
    <message>
        <source>A&amp;ll</source>
        <translation type="unfinished">全选(&amp;L)</translation>
    </message>
    <message>
        <source>N&amp;one</source>
        <translation type="unfinished">全不选(&amp;O)</translation>
    </message>
</context>
<context>
    <name>ColumnHeader</name>
    <message>
        <source>%1 % missing</source>
        <translation type="unfinished">缺失 %1%</translation>
    </message>
</context>
<context>
    <name>DataTable</name>
    <message>
        <source>Table</source>
        <translation type="unfinished">表格</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished">列</translation>
    </message>
    <message>
        <source>Search in all columns</source>
        <translation type="unfinished">在所有列中搜索</translation>
    </message>
    <message>
        <source>Search in all columns (%1)</source>
        <translation type="unfinished">在所有列中搜索（%1）</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation type="unfinished">显示所有行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">取消</translation>
    </message>
    <message>
        <source>Stop sorting and filtering</source>
        <translation type="unfinished">停止排序和筛选</translation>
    </message>
    <message>
        <source>Sorting and filtering</source>
        <translation type="unfinished">正在排序和筛选</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation type="unfinished">%1 行，共 %2 行</translation>
    </message>
    <message>
        <source>the first %1 of %2 rows</source>
        <translation type="unfinished">前 %1 行，共 %2 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation type="unfinished">%1 行</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished">复制(&amp;C)</translation>
    </message>
    <message>
        <source>Sort &amp;rising</source>
        <translation type="unfinished">升序排列(&amp;R)</translation>
    </message>
    <message>
        <source>Sort &amp;falling</source>
        <translation type="unfinished">降序排列(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Original order</source>
        <translation type="unfinished">原始顺序(&amp;O)</translation>
    </message>
    <message>
        <source>F&amp;ilter …</source>
        <translation type="unfinished">筛选(&amp;I)…</translation>
    </message>
    <message>
        <source>Copied the first %1 of %2 rows.</source>
        <translation type="unfinished">已复制前 %1 行，共 %2 行。</translation>
    </message>
    <message numerus="yes">
        <source>Copied %n row(s).</source>
        <translation type="unfinished">
            <numerusform>已复制 %n 行。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataTableModel</name>
    <message>
        <source>missing</source>
        <translation type="unfinished">缺失</translation>
    </message>
    <message>
        <source>No value</source>
        <translation type="unfinished">没有值</translation>
    </message>
    <message>
        <source>%1: %2. Click to sort, Alt+Down to filter.</source>
        <translation type="unfinished">%1：%2。单击排序，Alt+↓ 筛选。</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation type="unfinished">数值</translation>
    </message>
    <message>
        <source>whole numbers</source>
        <translation type="unfinished">整数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation type="unfinished">真或假</translation>
    </message>
    <message>
        <source>categories</source>
        <translation type="unfinished">类别</translation>
    </message>
    <message>
        <source>text</source>
        <translation type="unfinished">文本</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation type="unfinished">图片</translation>
    </message>
    <message>
        <source>dates and times</source>
        <translation>日期和时间</translation>
    </message>
</context>
</TS>
