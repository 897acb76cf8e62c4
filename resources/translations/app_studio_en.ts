<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>StageStatus</name>
    <message numerus="yes">
        <source>%n network(s) drawn.</source>
        <translation>
            <numerusform>%n network drawn.</numerusform>
            <numerusform>%n networks drawn.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n training(s) so far.</source>
        <translation>
            <numerusform>%n training so far.</numerusform>
            <numerusform>%n trainings so far.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cleaning step(s).</source>
        <translation>
            <numerusform>%n cleaning step.</numerusform>
            <numerusform>%n cleaning steps.</numerusform>
        </translation>
    </message>
</context>
    <context>
        <name>lamina::TaskPanel</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
</TS>
