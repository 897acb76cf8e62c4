<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>lamina::FoldSummary</name>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>%1 %2 ± %3</source>
            <translation>%1 %2 ± %3</translation>
        </message>
        <message>
            <source>%1: mean ± standard deviation over %2 of %3 folds: %4</source>
            <translation>%1：%3 折中 %2 折的均值 ± 标准差：%4</translation>
        </message>
    </context>
    <context>
        <name>lamina::MetricCards</name>
        <message>
            <source>Validation</source>
            <translation>验证</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Export %1</source>
            <translation>导出 %1</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%2 的%1</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>No numbers yet.</source>
            <translation>还没有数值。</translation>
        </message>
    </context>
</TS>
