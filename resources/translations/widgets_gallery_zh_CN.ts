<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>GalleryModel</name>
    <message>
        <source>%1, item %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ThumbnailGallery</name>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the pictures of one class only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the pictures (Ctrl+wheel, Ctrl++, Ctrl+−)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
