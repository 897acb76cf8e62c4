<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>lamina::PropertyPanel</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::PropertyRow</name>
    <message numerus="yes">
        <source>Type %n number(s) with commas between them.</source>
        <translation>
            <numerusform>Type one number.</numerusform>
            <numerusform>Type %n numbers with commas between them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::TextsEditor</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
</context>
</TS>
