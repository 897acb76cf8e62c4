<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>CanvasTool</name>
        <message>
            <source>Box</source>
            <translation>矩形框</translation>
        </message>
        <message>
            <source>Draw a box: drag from corner to corner, or click both corners. Shift keeps it square.</source>
            <translation>画矩形框：从一角拖到对角，或依次单击两个角。按住 Shift 画正方形。</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>画笔</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>椭圆</translation>
        </message>
        <message>
            <source>Draw an ellipse: drag from corner to corner of its box. Shift makes a circle.</source>
            <translation>画椭圆：从外框的一角拖到对角。按住 Shift 画圆。</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>橡皮</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>折线</translation>
        </message>
        <message>
            <source>Next: %1 (%2 of %3)</source>
            <translation>下一个：%1（第 %2 个，共 %3 个）</translation>
        </message>
        <message>
            <source>Key points</source>
            <translation>关键点</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>多边形</translation>
        </message>
        <message>
            <source>Select</source>
            <translation>选择</translation>
        </message>
        <message>
            <source>Live wire</source>
            <translation>智能描边</translation>
        </message>
        <message>
            <source>Tolerance %1</source>
            <translation>容差 %1</translation>
        </message>
        <message>
            <source>Magic wand</source>
            <translation>魔棒</translation>
        </message>
        <message>
            <source>Click to take what has about one colour; drag to the right, or turn the wheel meanwhile, to take more. Ctrl makes a mask; with Shift the selected shape grows, with Alt it shrinks.</source>
            <translation>单击选取颜色相近的区域；按住向右拖动或滚动滚轮可选取更多。按住 Ctrl 生成掩膜；按住 Shift 扩大所选形状，按住 Alt 缩小它。</translation>
        </message>
        <message>
            <source>Looking for the object …</source>
            <translation>正在寻找物体…</translation>
        </message>
        <message>
            <source>Cut out</source>
            <translation>抠图</translation>
        </message>
        <message>
            <source>Paint a mask; {tool_smaller} and {tool_larger} change the size of the brush. With a mask selected, it grows; else a new one begins.</source>
            <translation>涂出掩膜；{tool_smaller} 和 {tool_larger} 改变画笔大小。已选中掩膜时在其上增加，否则新建一个。</translation>
        </message>
        <message>
            <source>Click point after point, or draw with the button held; {finish} or a double click ends it.</source>
            <translation>逐点单击，或按住鼠标键拖画；按 {finish} 或双击结束。</translation>
        </message>
        <message>
            <source>Click the key points in their order; with Shift where one is hidden, {not_seen} where it cannot be told. {take_back} takes the last one back.</source>
            <translation>按顺序单击各关键点；被遮挡的点按住 Shift 单击，无法判断的按 {not_seen}。{take_back} 撤回最后一个点。</translation>
        </message>
        <message>
            <source>Click point after point, or draw with the button held; {finish} or a click on the first point closes it. Begun inside a polygon with Ctrl held, it becomes a hole.</source>
            <translation>逐点单击，或按住鼠标键拖画；按 {finish} 或单击第一个点即闭合。按住 Ctrl 在多边形内开始画，则成为其中的孔。</translation>
        </message>
        <message>
            <source>Click along an edge: the line follows it by itself, with Shift it is straight. {take_back} takes the last point back; {finish} or a click on the first point closes it.</source>
            <translation>沿着边缘单击：线条会自动贴合边缘，按住 Shift 则为直线。{take_back} 撤回最后一点；按 {finish} 或单击第一个点即可闭合。</translation>
        </message>
        <message>
            <source>Select, move and change shapes. A double click on a border adds a vertex, {take_back} takes the one under the mouse away, {convert} makes a polygon of a mask and a mask of a polygon.</source>
            <translation>选择、移动和修改形状。双击边线可添加顶点，{take_back} 删除鼠标下的顶点，{convert} 在掩膜与多边形之间转换。</translation>
        </message>
        <message>
            <source>Nothing found: stroke over the object, or %1</source>
            <translation>没有找到：请在物体上画一笔，或按 %1</translation>
        </message>
        <message>
            <source>%1 takes it · stroke: more · Alt or right button: less</source>
            <translation>%1 采用 · 画一笔：补充 · Alt 或右键：去掉</translation>
        </message>
        <message>
            <source>Draw a box around an object: its outline is found (GrabCut). Strokes add to it, with Alt or the right button they take away; {finish} or {accept} takes it, {drop} drops it. Ctrl while the box is drawn makes a mask.</source>
            <translation>在物体周围画框，自动找出它的轮廓（GrabCut）。再画几笔可补充，按住 Alt 或用右键则去掉；按 {finish} 或 {accept} 采用，按 {drop} 放弃。画框时按住 Ctrl 得到掩膜。</translation>
        </message>
        <message>
            <source>Take away from the mask that the stroke touches; {tool_smaller} and {tool_larger} change the size.</source>
            <translation>从划过的掩膜中擦除；{tool_smaller} 和 {tool_larger} 改变大小。</translation>
        </message>
    </context>
    <context>
        <name>lamina::CanvasView</name>
        <message>
            <source>Picture with its shapes</source>
            <translation>图片及其形状</translation>
        </message>
        <message>
            <source>Preview: the sharp picture is on its way</source>
            <translation>预览：清晰的图片正在读取</translation>
        </message>
    </context>
</TS>
