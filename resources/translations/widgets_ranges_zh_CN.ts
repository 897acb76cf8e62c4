<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>lamina::RangeView</name>
        <message>
            <source>Series with marked stretches</source>
            <translation>带标记区段的序列</translation>
        </message>
    </context>
</TS>
