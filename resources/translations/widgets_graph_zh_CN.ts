<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>lamina::FindBar</name>
        <message>
            <source>not found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>第 %1 个，共 %2 个</translation>
        </message>
        <message>
            <source>Name or kind of a layer</source>
            <translation>层的名称或类型</translation>
        </message>
        <message>
            <source>Find a layer</source>
            <translation>查找层</translation>
        </message>
        <message>
            <source>Close (Esc)</source>
            <translation>关闭（Esc）</translation>
        </message>
        <message>
            <source>Close the search</source>
            <translation>关闭搜索</translation>
        </message>
    </context>
    <context>
        <name>lamina::GraphActions</name>
        <message>
            <source>Select &amp;all</source>
            <translation>全选(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>复制(&amp;C)</translation>
        </message>
        <message>
            <source>Cu&amp;t</source>
            <translation>剪切(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Paste</source>
            <translation>粘贴(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Duplicate</source>
            <translation>创建副本(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Remove and join the neighbours</source>
            <translation>移除并连接相邻的层(&amp;R)</translation>
        </message>
        <message>
            <source>Remove with the &amp;links</source>
            <translation>连同连线一起移除(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Link the two selected layers</source>
            <translation>连接所选的两个层(&amp;L)</translation>
        </message>
        <message>
            <source>Remove the links into the &amp;selected layers</source>
            <translation>移除指向所选层的连线(&amp;S)</translation>
        </message>
        <message>
            <source>Arran&amp;ge all layers</source>
            <translation>整理所有层(&amp;G)</translation>
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation>放大(&amp;I)</translation>
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation>缩小(&amp;O)</translation>
        </message>
        <message>
            <source>Original si&amp;ze</source>
            <translation>原始大小(&amp;Z)</translation>
        </message>
        <message>
            <source>Show &amp;everything</source>
            <translation>显示全部(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Find a layer…</source>
            <translation>查找层(&amp;F)…</translation>
        </message>
        <message>
            <source>Change the settin&amp;gs</source>
            <translation>更改设置(&amp;G)</translation>
        </message>
    </context>
    <context>
        <name>lamina::GraphEditor</name>
        <message>
            <source>%1, %2</source>
            <translation>%1，%2</translation>
        </message>
        <message>
            <source>, gives %1</source>
            <translation>，输出 %1</translation>
        </message>
        <message>
            <source>. Problem: %1</source>
            <translation>。问题：%1</translation>
        </message>
        <message>
            <source>Link from %1 to %2</source>
            <translation>从 %1 到 %2 的连线</translation>
        </message>
        <message>
            <source>Network canvas</source>
            <translation>网络画布</translation>
        </message>
        <message>
            <source>Tab walks from layer to layer, Alt and the arrow keys to neighbours, the arrow keys move what is selected.</source>
            <translation>Tab 键在各层之间移动，Alt 加方向键移到相邻的层，方向键移动所选内容。</translation>
        </message>
        <message>
            <source>Drag a layer here, or double-click one in the list at the left.</source>
            <translation>把层拖到这里，或双击左侧列表中的层。</translation>
        </message>
    </context>
    <context>
        <name>lamina::LayerPalette</name>
        <message>
            <source>Often used</source>
            <translation>常用</translation>
        </message>
        <message>
            <source>Search layers</source>
            <translation>搜索层</translation>
        </message>
        <message>
            <source>Layers to add</source>
            <translation>可添加的层</translation>
        </message>
        <message>
            <source>Drag a layer onto the canvas or onto a link; a double click or Enter adds it behind the selected one.</source>
            <translation>把层拖到画布或连线上；双击或按回车键会将它添加到所选层之后。</translation>
        </message>
    </context>
    <context>
        <name>lamina::MiniMap</name>
        <message>
            <source>Overview of the network</source>
            <translation>网络概览</translation>
        </message>
        <message>
            <source>The whole network. Click or drag to go there.</source>
            <translation>整个网络。单击或拖动即可前往。</translation>
        </message>
    </context>
</TS>
