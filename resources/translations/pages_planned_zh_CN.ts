<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>lamina::PlannedPage</name>
        <message>
            <source>Cleaning is coming</source>
            <translation>清洗功能即将推出</translation>
        </message>
        <message>
            <source>Here a recipe of steps will tidy up a table: fill gaps, mend spellings, drop columns, always undoable, never changing your file. Today missing values are filled and numbers scaled by themselves when a network is trained, and columns can be left out on the Data page.</source>
            <translation>这里将用一组步骤整理表格：填补空缺、修正拼写、删除列，随时可撤销，且绝不改动您的文件。目前，训练网络时会自动填补缺失值并缩放数值，也可以在“数据”页排除某些列。</translation>
        </message>
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
