<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>lamina::SpanView</name>
        <message>
            <source>Text with its marks</source>
            <translation>带标记的文本</translation>
        </message>
        <message>
            <source>Select the span that the arrow leads to. Esc: none.</source>
            <translation>请选择箭头指向的片段。按 Esc 取消。</translation>
        </message>
    </context>
</TS>
