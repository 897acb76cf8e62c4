<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>lamina::ImportBanner</name>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>one second left</numerusform>
                <numerusform>%n seconds left</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::ImportFlow</name>
        <message numerus="yes">
            <source>There are %n more remark(s).</source>
            <translation>
                <numerusform>There is one more remark.</numerusform>
                <numerusform>There are %n more remarks.</numerusform>
            </translation>
        </message>
    </context>
</TS>
