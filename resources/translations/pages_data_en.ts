<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>lamina::DataPage</name>
        <message numerus="yes">
            <source>%n new picture(s)</source>
            <translation>
                <numerusform>%n new picture</numerusform>
                <numerusform>%n new pictures</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n new file(s)</source>
            <translation>
                <numerusform>%n new file</numerusform>
                <numerusform>%n new files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n changed</source>
            <translation>
                <numerusform>%n changed</numerusform>
                <numerusform>%n changed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n gone</source>
            <translation>
                <numerusform>%n gone</numerusform>
                <numerusform>%n gone</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::DatasetEdits</name>
        <message numerus="yes">
            <source>%n item(s) were moved to the part where their like is.</source>
            <translation>
                <numerusform>%n item was moved to the part where its like is.</numerusform>
                <numerusform>%n items were moved to the part where their like is.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n group(s) stay apart: they are so large that a part or a class would lose too much.</source>
            <translation>
                <numerusform>%n group stays apart: it is so large that a part or a class would lose too much.</numerusform>
                <numerusform>%n groups stay apart: they are so large that a part or a class would lose too much.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::ImportAgain</name>
        <message numerus="yes">
            <source>There are %n more remark(s).</source>
            <translation>
                <numerusform>There are %n more remark.</numerusform>
                <numerusform>There are %n more remarks.</numerusform>
            </translation>
        </message>
    </context>
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
