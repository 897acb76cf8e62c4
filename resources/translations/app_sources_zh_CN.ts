<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>lamina::SketchWords</name>
        <message>
            <source>%1 valid, %2 empty, %3 wrong; %4 different values</source>
            <translation>有效 %1，空 %2，错误 %3；%4 个不同的值</translation>
        </message>
        <message>
            <source>from %1 to %2, median %3</source>
            <translation>从 %1 到 %2，中位数 %3</translation>
        </message>
    </context>
    <context>
        <name>lamina::TableSource</name>
        <message>
            <source>Numbers, %1</source>
            <translation>数值，%1</translation>
        </message>
        <message>
            <source>Grey picture, %1</source>
            <translation>灰度图片，%1</translation>
        </message>
        <message>
            <source>Colour picture, %1</source>
            <translation>彩色图片，%1</translation>
        </message>
        <message>
            <source>Picture of %1 bands, %2</source>
            <translation>%1 个波段的图片，%2</translation>
        </message>
    </context>
</TS>
