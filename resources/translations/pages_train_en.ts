<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>lamina::PlanRows</name>
        <message numerus="yes">
            <source>Stops after %n epoch(s) without a better validation result. The best one is kept.</source>
            <translation>
                <numerusform>Stops after %n epoch without a better validation result. The best one is kept.</numerusform>
                <numerusform>Stops after %n epochs without a better validation result. The best one is kept.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::RunHeader</name>
        <message numerus="yes">
            <source>%n epoch(s)</source>
            <translation>
                <numerusform>%n epoch</numerusform>
                <numerusform>%n epochs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n thread(s)</source>
            <translation>
                <numerusform>%n thread</numerusform>
                <numerusform>%n threads</numerusform>
            </translation>
        </message>
    </context>
</TS>
