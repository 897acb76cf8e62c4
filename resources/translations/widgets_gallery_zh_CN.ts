<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>lamina::GalleryModel</name>
        <message>
            <source>%1, item %2</source>
            <translation>%1，第 %2 项</translation>
        </message>
    </context>
    <context>
        <name>lamina::ThumbnailGallery</name>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Class to show</source>
            <translation>要显示的类别</translation>
        </message>
        <message>
            <source>Show the pictures of one class only</source>
            <translation>只显示一个类别的图片</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>图片大小</translation>
        </message>
        <message>
            <source>Size of the pictures (Ctrl+wheel, Ctrl++, Ctrl+−)</source>
            <translation>图片大小（Ctrl+滚轮、Ctrl++、Ctrl+−）</translation>
        </message>
        <message>
            <source>All classes</source>
            <translation>所有类别</translation>
        </message>
        <message>
            <source>%1 of %2 pictures</source>
            <translation>%1 张图片，共 %2 张</translation>
        </message>
        <message>
            <source>%1 pictures</source>
            <translation>%1 张图片</translation>
        </message>
    </context>
</TS>
