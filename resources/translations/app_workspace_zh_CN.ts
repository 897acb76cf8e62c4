<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>lamina::TaskList</name>
        <message>
            <source>%1 of %2</source>
            <translation>%1 / %2</translation>
        </message>
        <message>
            <source>%1 of %2 rows</source>
            <translation>%1 / %2 行</translation>
        </message>
        <message>
            <source>%1 rows</source>
            <translation>%1 行</translation>
        </message>
    </context>
    <context>
        <name>lamina::TrainingController</name>
        <message>
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Preparing the data</source>
            <translation>正在准备数据</translation>
        </message>
        <message>
            <source>Epoch %1 of %2</source>
            <translation>第 %1 / %2 轮</translation>
        </message>
    </context>
    <context>
        <name>lamina::Workspace</name>
        <message>
            <source>This project is open in another window or program. You see it live, but cannot change it here.</source>
            <translation>此项目已在另一个窗口或程序中打开。您可以实时查看，但不能在这里更改。</translation>
        </message>
        <message>
            <source>%1 (%2 times)</source>
            <translation>%1（%2 次）</translation>
        </message>
    </context>
</TS>
