<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>lamina::CellItems</name>
        <message numerus="yes">
            <source>%n item(s) of %1, rightly found</source>
            <translation>
                <numerusform>%n item of %1, rightly found</numerusform>
                <numerusform>%n items of %1, rightly found</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n item(s) of %1, taken for %2</source>
            <translation>
                <numerusform>%n item of %1, taken for %2</numerusform>
                <numerusform>%n items of %1, taken for %2</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::ReviewPage</name>
        <message numerus="yes">
            <source>Delete %n run(s)?</source>
            <translation>
                <numerusform>Delete this run?</numerusform>
                <numerusform>Delete these %n runs?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Free about %1 that %n deleted run(s) take up?</source>
            <translation>
                <numerusform>Free about %1 that %n deleted run takes up?</numerusform>
                <numerusform>Free about %1 that %n deleted runs take up?</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::ScoreLabel</name>
        <message numerus="yes">
            <source>%n item(s)</source>
            <translation>
                <numerusform>%n item</numerusform>
                <numerusform>%n items</numerusform>
            </translation>
        </message>
    </context>
</TS>
