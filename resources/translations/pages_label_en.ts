<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>lamina::ClassList</name>
        <message numerus="yes">
            <source>%n label(s)</source>
            <translation>
                <numerusform>%n label</numerusform>
                <numerusform>%n labels</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::LabelPage</name>
        <message numerus="yes">
            <source>%n not saved</source>
            <translation>
                <numerusform>%n not saved</numerusform>
                <numerusform>%n not saved</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) with their classes are the data set “%1” now: divide it and train on it.</source>
            <translation>
                <numerusform>%n picture with its class is the data set “%1” now: divide it and train on it.</numerusform>
                <numerusform>%n pictures with their classes are the data set “%1” now: divide it and train on it.</numerusform>
            </translation>
        </message>
    </context>
</TS>
