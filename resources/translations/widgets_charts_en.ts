<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>lamina::ConfusionMatrixView</name>
    <message numerus="yes">
        <source>Actual %1, predicted %2: %n item(s)</source>
        <translation>
            <numerusform>Actual %1, predicted %2: %n item</numerusform>
            <numerusform>Actual %1, predicted %2: %n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::CurvesOverlay</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
