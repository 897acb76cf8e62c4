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
        <message>
            <source>The training is kept as it was at its last checkpoint and can go on from there.</source>
            <translation>训练已保留在最近的检查点，可以从那里继续。</translation>
        </message>
    </context>
    <context>
        <name>lamina::Workspace</name>
        <message>
            <source>%1 (%2 times)</source>
            <translation>%1（%2 次）</translation>
        </message>
        <message>
            <source>This project is open in another window or program (%1). You see it live, but cannot change it here until it is closed there.</source>
            <translation>此项目已在另一个窗口或程序中打开（%1）。您可以实时查看，但在那里关闭之前无法在这里更改。</translation>
        </message>
        <message>
            <source>This project is in a place that cannot be written to. You can look at everything but change nothing; copy it elsewhere to work on it.</source>
            <translation>此项目所在的位置无法写入。您可以查看所有内容，但不能更改；要继续工作，请将其复制到其他位置。</translation>
        </message>
    </context>
</TS>
