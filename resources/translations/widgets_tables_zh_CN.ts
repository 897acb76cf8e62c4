<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>lamina::ColumnFilterPopup</name>
    <message>
        <source>Filter of %1</source>
        <translation>%1 的筛选条件</translation>
    </message>
    <message>
        <source>Rows where %1 …</source>
        <translation>%1 满足以下条件的行</translation>
    </message>
    <message>
        <source>has &amp;no value</source>
        <translation>没有值(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Remove filter</source>
        <translation>取消筛选(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>应用(&amp;A)</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>contains …</source>
        <translation>包含…</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>A&amp;ll</source>
        <translation>全选(&amp;L)</translation>
    </message>
    <message>
        <source>N&amp;one</source>
        <translation>全不选(&amp;O)</translation>
    </message>
    <message>
        <source>%1, like 2024-03-01</source>
        <translation>%1，例如 2024-03-01</translation>
    </message>
</context>
<context>
    <name>lamina::ColumnHeader</name>
    <message>
        <source>%1 % missing</source>
        <translation>缺失 %1%</translation>
    </message>
    <message numerus="yes">
        <source>%n different</source>
        <translation>
            <numerusform>%n 个不同</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::DataTable</name>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Search in all columns</source>
        <translation>在所有列中搜索</translation>
    </message>
    <message>
        <source>Search in all columns (%1)</source>
        <translation>在所有列中搜索（%1）</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop sorting and filtering</source>
        <translation>停止排序和筛选</translation>
    </message>
    <message>
        <source>Sorting and filtering</source>
        <translation>正在排序和筛选</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 行，共 %2 行</translation>
    </message>
    <message>
        <source>the first %1 of %2 rows</source>
        <translation>前 %1 行，共 %2 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Sort &amp;rising</source>
        <translation>升序排列(&amp;R)</translation>
    </message>
    <message>
        <source>Sort &amp;falling</source>
        <translation>降序排列(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Original order</source>
        <translation>原始顺序(&amp;O)</translation>
    </message>
    <message>
        <source>F&amp;ilter …</source>
        <translation>筛选(&amp;I)…</translation>
    </message>
    <message>
        <source>Copied the first %1 of %2 rows.</source>
        <translation>已复制前 %1 行，共 %2 行。</translation>
    </message>
    <message numerus="yes">
        <source>Copied %n row(s).</source>
        <translation>
            <numerusform>已复制 %n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to row</source>
        <translation>转到行</translation>
    </message>
    <message>
        <source>Number of the row (1 to %1):</source>
        <translation>行号（1 到 %1）：</translation>
    </message>
    <message>
        <source>Row %1 is not among those shown.</source>
        <translation>第 %1 行不在显示的行中。</translation>
    </message>
    <message>
        <source>%1: %2 of %3 rows</source>
        <translation>%1：%3 行中的 %2 行</translation>
    </message>
    <message>
        <source>%1 rows · %2 removed</source>
        <translation>%1 行 · 已移除 %2 行</translation>
    </message>
    <message>
        <source>&amp;Go to row …</source>
        <translation>转到行(&amp;G)…</translation>
    </message>
    <message>
        <source>Columns that stay in view</source>
        <translation>保持可见的列</translation>
    </message>
    <message>
        <source>Keep the first column in &amp;view</source>
        <translation>保持第一列可见(&amp;V)</translation>
    </message>
    <message>
        <source>Keep the columns up to here in &amp;view</source>
        <translation>保持到此为止的列可见(&amp;V)</translation>
    </message>
    <message>
        <source>Let all columns scro&amp;ll</source>
        <translation>让所有列滚动(&amp;L)</translation>
    </message>
</context>
<context>
    <name>lamina::DataTableModel</name>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>No value</source>
        <translation>没有值</translation>
    </message>
    <message>
        <source>%1: %2. Click to sort, Alt+Down to filter.</source>
        <translation>%1：%2。单击排序，Alt+↓ 筛选。</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>whole numbers</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>真或假</translation>
    </message>
    <message>
        <source>categories</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>dates and times</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>Changed by this step</source>
        <translation>被此步骤更改</translation>
    </message>
    <message>
        <source>This step could not read what stood here</source>
        <translation>此步骤无法读取这里的内容</translation>
    </message>
    <message>
        <source>This row is removed by this step</source>
        <translation>此行被此步骤移除</translation>
    </message>
    <message>
        <source>This row was removed by an earlier step</source>
        <translation>此行已被之前的步骤移除</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>cannot be shown: %1</source>
        <translation>无法显示：%1</translation>
    </message>
</context>
</TS>
