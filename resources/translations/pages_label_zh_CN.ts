<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>lamina::ClassList</name>
        <message numerus="yes">
            <source>%n label(s)</source>
            <translation>
                <numerusform>%n 个标注</numerusform>
            </translation>
        </message>
        <message>
            <source>%1, key %2</source>
            <translation>%1，按键 %2</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Find or add a class</source>
            <translation>查找或添加类别</translation>
        </message>
        <message>
            <source>Find or add a class (/)</source>
            <translation>查找或添加类别（/）</translation>
        </message>
    </context>
    <context>
        <name>lamina::LabelBar</name>
        <message>
            <source>labelled</source>
            <translation>已标注</translation>
        </message>
        <message>
            <source>checked</source>
            <translation>已检查</translation>
        </message>
        <message>
            <source>checked, nothing there</source>
            <translation>已检查，没有目标</translation>
        </message>
        <message>
            <source>skipped</source>
            <translation>已跳过</translation>
        </message>
        <message>
            <source>not labelled yet</source>
            <translation>尚未标注</translation>
        </message>
        <message>
            <source>Cannot be told</source>
            <translation>无法判断</translation>
        </message>
        <message>
            <source>Picture is bad</source>
            <translation>图片质量差</translation>
        </message>
        <message>
            <source>Does not belong here</source>
            <translation>不属于这里</translation>
        </message>
        <message>
            <source>Somebody else should look</source>
            <translation>需要别人来看</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>第 %1 项，共 %2 项</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>标注</translation>
        </message>
        <message>
            <source>Label %1</source>
            <translation>标注 %1</translation>
        </message>
        <message>
            <source>Which pictures are shown</source>
            <translation>显示哪些图片</translation>
        </message>
        <message>
            <source>All pictures (%1)</source>
            <translation>所有图片（%1）</translation>
        </message>
        <message>
            <source>Not labelled yet (%1)</source>
            <translation>尚未标注（%1）</translation>
        </message>
        <message>
            <source>Labelled (%1)</source>
            <translation>已标注（%1）</translation>
        </message>
        <message>
            <source>Checked (%1)</source>
            <translation>已检查（%1）</translation>
        </message>
        <message>
            <source>Skipped (%1)</source>
            <translation>已跳过（%1）</translation>
        </message>
        <message>
            <source>Flagged (%1)</source>
            <translation>已标旗（%1）</translation>
        </message>
        <message>
            <source>Previous picture</source>
            <translation>上一张图片</translation>
        </message>
        <message>
            <source>Next picture</source>
            <translation>下一张图片</translation>
        </message>
        <message>
            <source>Skip, with a reason</source>
            <translation>跳过，并说明原因</translation>
        </message>
        <message>
            <source>Flag for somebody to look at</source>
            <translation>标旗，请人查看</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Checked, next</source>
            <translation>已检查，下一张</translation>
        </message>
        <message>
            <source>This picture is right as it is, also where nothing is on it (Space)</source>
            <translation>这张图片现在就是对的，图上什么都没有也可以（空格）</translation>
        </message>
    </context>
    <context>
        <name>lamina::LabelPage</name>
        <message>
            <source>Begin labelling</source>
            <translation>开始标注</translation>
        </message>
        <message>
            <source>No picture of this kind is left.</source>
            <translation>没有更多此类图片。</translation>
        </message>
        <message>
            <source>This item has no picture.</source>
            <translation>此项没有图片。</translation>
        </message>
        <message>
            <source>This project is open for reading only: nothing can be labelled.</source>
            <translation>此项目以只读方式打开：无法标注。</translation>
        </message>
        <message>
            <source>saving …</source>
            <translation>正在保存…</translation>
        </message>
        <message>
            <source>not saved</source>
            <translation>未保存</translation>
        </message>
        <message>
            <source>saved %1</source>
            <translation>已保存 %1</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>What should others know about this picture?</source>
            <translation>关于这张图片，别人应该知道什么？</translation>
        </message>
        <message>
            <source>Choose a class first, or type the name of a new one at the right.</source>
            <translation>请先选择类别，或在右侧输入新类别的名称。</translation>
        </message>
        <message>
            <source>Cannot be told</source>
            <translation>无法判断</translation>
        </message>
        <message>
            <source>The last tool again, or Select</source>
            <translation>上一个工具，或选择</translation>
        </message>
        <message>
            <source>Class 1 to 10; with Shift 11 to 20</source>
            <translation>类别 1 至 10；按住 Shift 为 11 至 20</translation>
        </message>
        <message>
            <source>Find or add a class</source>
            <translation>查找或添加类别</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>空格</translation>
        </message>
        <message>
            <source>Checked, next; held and dragged: move the picture</source>
            <translation>已检查，下一张；按住并拖动：移动图片</translation>
        </message>
        <message>
            <source>Previous, next picture</source>
            <translation>上一张、下一张图片</translation>
        </message>
        <message>
            <source>Next picture that is not labelled yet</source>
            <translation>下一张尚未标注的图片</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>跳过</translation>
        </message>
        <message>
            <source>Flag, comment</source>
            <translation>标旗、备注</translation>
        </message>
        <message>
            <source>Whole picture, what is selected, 1 : 1</source>
            <translation>整张图片、所选内容、1 : 1</translation>
        </message>
        <message>
            <source>Hide the shapes</source>
            <translation>隐藏形状</translation>
        </message>
        <message>
            <source>Arrows</source>
            <translation>方向键</translation>
        </message>
        <message>
            <source>Move what is selected; with Shift ten pixels</source>
            <translation>移动所选内容；按住 Shift 移动十个像素</translation>
        </message>
        <message>
            <source>Del, Ctrl+D</source>
            <translation>Del、Ctrl+D</translation>
        </message>
        <message>
            <source>Remove, duplicate</source>
            <translation>删除、复制</translation>
        </message>
        <message>
            <source>Tab</source>
            <translation>Tab</translation>
        </message>
        <message>
            <source>Select the next shape</source>
            <translation>选择下一个形状</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Label %1</source>
            <translation>标注 %1</translation>
        </message>
        <message>
            <source>Draw boxes, polygons, masks, lines and key points on your pictures, or give each picture a class. Everything is saved as you go, can be undone, and knows who made it.</source>
            <translation>在图片上画矩形框、多边形、掩膜、折线和关键点，或给每张图片一个类别。一切随做随存，可以撤销，并记录是谁做的。</translation>
        </message>
        <message>
            <source>Nothing to label yet</source>
            <translation>还没有可标注的内容</translation>
        </message>
        <message>
            <source>Here people label pictures with a few keys. Import a folder of pictures first; labels of other programs come in with them.</source>
            <translation>在这里用几个按键标注图片。请先导入一个图片文件夹；其他程序的标注会随之导入。</translation>
        </message>
        <message>
            <source>Go to Data</source>
            <translation>前往数据</translation>
        </message>
        <message>
            <source>Keys label whole pictures</source>
            <translation>按键标注整张图片</translation>
        </message>
        <message>
            <source>A digit key gives the whole picture its class and goes on to the next</source>
            <translation>数字键给整张图片一个类别，并转到下一张</translation>
        </message>
        <message>
            <source>Classes as a data set</source>
            <translation>将类别作为数据集</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) with their classes are the data set “%1” now: divide it and train on it.</source>
            <translation>
                <numerusform>%n 张图片及其类别现已成为数据集“%1”：请划分并在其上训练。</numerusform>
            </translation>
        </message>
        <message>
            <source>Train on these classes …</source>
            <translation>用这些类别训练…</translation>
        </message>
        <message>
            <source>Makes a data set of the pictures that have a class as a whole, with the class as its target</source>
            <translation>用已整张标注类别的图片生成一个数据集，以类别为目标</translation>
        </message>
    </context>
</TS>
