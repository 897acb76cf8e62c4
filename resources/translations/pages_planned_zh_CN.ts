<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>lamina::PlannedPage</name>
    <message>
        <source>Labelling is coming</source>
        <translation>标注功能即将推出</translation>
    </message>
    <message>
        <source>Here people will label pictures, text and rows with a few keys. Today labels come with the data: a folder of pictures for each class, or a column of a table that you choose as the target on the Data page.</source>
        <translation>这里将用几个按键标注图片、文本和行。目前标签随数据而来：每个类别一个图片文件夹，或在“数据”页选作目标的表格列。</translation>
    </message>
    <message>
        <source>Go on to Model</source>
        <translation>继续到“模型”</translation>
    </message>
</context>
</TS>
