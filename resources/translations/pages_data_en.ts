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
    <context>
        <name>lamina::ProfileFigures</name>
        <message numerus="yes">
            <source>%n class(es) have fewer than 5 rows: figures about them say little.</source>
            <translation>
                <numerusform>%n class has fewer than 5 rows: figures about it say little.</numerusform>
                <numerusform>%n classes have fewer than 5 rows: figures about them say little.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::SplitView</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n class(es) have fewer than 5 items: %1. They are not in every part, or say little there. Merge them with others (step “Replace values”), or bring more.</source>
            <translation>
                <numerusform>%n class has fewer than 5 items: %1. It is not in every part, or says little there. Merge it with others (step “Replace values”), or bring more.</numerusform>
                <numerusform>%n classes have fewer than 5 items: %1. They are not in every part, or say little there. Merge them with others (step “Replace values”), or bring more.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::SplitWords</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
</TS>
