<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>lamina::PicturesOut</name>
        <message numerus="yes">
            <source>%n picture(s) were written to %1.</source>
            <translation>
                <numerusform>%n picture was written to %1.</numerusform>
                <numerusform>%n pictures were written to %1.</numerusform>
            </translation>
        </message>
    </context>
</TS>
