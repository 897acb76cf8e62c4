<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>lamina::ConfusionMatrixView</name>
        <message>
            <source>Confusion matrix</source>
            <translation>混淆矩阵</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>合计</translation>
        </message>
        <message>
            <source>Predicted</source>
            <translation>预测</translation>
        </message>
        <message>
            <source>Actual</source>
            <translation>实际</translation>
        </message>
        <message numerus="yes">
            <source>Actual %1, predicted %2: %n item(s)</source>
            <translation>
                <numerusform>实际 %1，预测为 %2：%n 项</numerusform>
            </translation>
        </message>
        <message>
            <source>Click to see them.</source>
            <translation>单击查看。</translation>
        </message>
    </context>
    <context>
        <name>lamina::CurvesCard</name>
        <message>
            <source>Chart: %1</source>
            <translation>图表：%1</translation>
        </message>
        <message>
            <source>Zoom and export: %1</source>
            <translation>缩放与导出：%1</translation>
        </message>
        <message>
            <source>Export chart</source>
            <translation>导出图表</translation>
        </message>
        <message>
            <source>%1 file (*.%2)</source>
            <translation>%1 文件 (*.%2)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>放大 (+)</translation>
        </message>
        <message>
            <source>Zoom out (-)</source>
            <translation>缩小 (-)</translation>
        </message>
        <message>
            <source>Show everything (0)</source>
            <translation>显示全部 (0)</translation>
        </message>
        <message>
            <source>Export as picture (PNG)…</source>
            <translation>导出为图片 (PNG)…</translation>
        </message>
        <message>
            <source>Export as drawing (SVG)…</source>
            <translation>导出为矢量图 (SVG)…</translation>
        </message>
        <message>
            <source>Export numbers (CSV)…</source>
            <translation>导出数值 (CSV)…</translation>
        </message>
        <message>
            <source>Zoom and export</source>
            <translation>缩放与导出</translation>
        </message>
    </context>
    <context>
        <name>lamina::CurvesControls</name>
        <message>
            <source>S&amp;moothing</source>
            <translation>平滑(&amp;M)</translation>
        </message>
        <message>
            <source>Smoothing</source>
            <translation>平滑</translation>
        </message>
        <message>
            <source>Draws a moving average, so that the trend is seen; the numbers themselves stay as a faint line. Curves of fewer than 20 points are drawn as they are.</source>
            <translation>画出移动平均，便于看清趋势；原始数值以淡线保留。少于 20 个点的曲线按原样绘制。</translation>
        </message>
        <message>
            <source>&amp;X axis</source>
            <translation>横轴(&amp;X)</translation>
        </message>
        <message>
            <source>X axis</source>
            <translation>横轴</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>步</translation>
        </message>
        <message>
            <source>Epoch</source>
            <translation>轮</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>&amp;Log scale</source>
            <translation>对数刻度(&amp;L)</translation>
        </message>
        <message>
            <source>A logarithmic y axis. Numbers that are 0 or less are left out.</source>
            <translation>纵轴用对数刻度，不画小于或等于 0 的数值。</translation>
        </message>
        <message>
            <source>Ignore &amp;outliers</source>
            <translation>忽略离群值(&amp;O)</translation>
        </message>
        <message>
            <source>Single extreme numbers do not squeeze the rest of the chart.</source>
            <translation>个别极端数值不会把图中其余部分压扁。</translation>
        </message>
        <message>
            <source>Show everything (0, or double-click in a chart)</source>
            <translation>显示全部（按 0，或在图中双击）</translation>
        </message>
        <message>
            <source>Reset zoom</source>
            <translation>重置缩放</translation>
        </message>
    </context>
    <context>
        <name>lamina::CurvesLegend</name>
        <message>
            <source>Show %1</source>
            <translation>显示 %1</translation>
        </message>
    </context>
    <context>
        <name>lamina::CurvesOverlay</name>
        <message>
            <source>Smoothed</source>
            <translation>平滑后</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>Raw</source>
            <translation>原始</translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>另有 %n 条</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::CurvesPlot</name>
        <message>
            <source>Step</source>
            <translation>步</translation>
        </message>
        <message>
            <source>Epoch</source>
            <translation>轮</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
    </context>
    <context>
        <name>lamina::HistogramView</name>
        <message>
            <source>From %1 to %2; at most %3 in one interval.</source>
            <translation>从 %1 到 %2；单个区间最多 %3 个。</translation>
        </message>
    </context>
</TS>
