<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>lamina::PropertyField</name>
    <message>
        <source>Other …</source>
        <translation>其他 …</translation>
    </message>
    <message>
        <source>different values</source>
        <translation>多个不同的值</translation>
    </message>
    <message>
        <source>Help on %1</source>
        <translation>关于“%1”的帮助</translation>
    </message>
    <message>
        <source>Back to the default: %1</source>
        <translation>恢复默认值：%1</translation>
    </message>
    <message>
        <source>Back to the default of %1</source>
        <translation>恢复“%1”的默认值</translation>
    </message>
</context>
<context>
    <name>lamina::PropertyPanel</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::PropertyRow</name>
    <message>
        <source>Type a whole number.</source>
        <translation>请输入整数。</translation>
    </message>
    <message>
        <source>Type a number.</source>
        <translation>请输入数字。</translation>
    </message>
    <message>
        <source>Type whole numbers with commas between them.</source>
        <translation>请输入用逗号分隔的整数。</translation>
    </message>
    <message numerus="yes">
        <source>Type %n number(s) with commas between them.</source>
        <translation>
            <numerusform>请输入用逗号分隔的 %n 个数字。</numerusform>
        </translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>最大为 %1。</translation>
    </message>
    <message>
        <source>Above %1, up to %2.</source>
        <translation>大于 %1，最大为 %2。</translation>
    </message>
    <message>
        <source>Above %1.</source>
        <translation>大于 %1。</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>从 %1 到 %2。</translation>
    </message>
    <message>
        <source>At least %1.</source>
        <translation>最小为 %1。</translation>
    </message>
</context>
<context>
    <name>lamina::TextsEditor</name>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 已不存在。</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>已选 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>One to a line</source>
        <translation>每行一个</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find in the list</source>
        <translation>在列表中查找</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
</TS>
