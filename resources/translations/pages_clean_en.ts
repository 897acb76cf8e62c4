<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>lamina::CleanPage</name>
    <message numerus="yes">
        <source>%n step(s) were deleted.</source>
        <translation>
            <numerusform>%n step was deleted.</numerusform>
            <numerusform>%n steps were deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::CleanWords</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::StepPanel</name>
    <message numerus="yes">
        <source>%n cell(s) could not be read and became missing. Choose one to go there:</source>
        <translation>
            <numerusform>%n cell could not be read and became missing. Choose it to go there:</numerusform>
            <numerusform>%n cells could not be read and became missing. Choose one to go there:</numerusform>
        </translation>
    </message>
</context>
</TS>
