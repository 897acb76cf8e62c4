<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>LabelKeys</name>
        <message>
            <source>Class %1</source>
            <translation>类别 %1</translation>
        </message>
        <message>
            <source>The last tool again, or Select</source>
            <translation>再次使用上一个工具，或选择</translation>
        </message>
        <message>
            <source>Checked, next; held and dragged: move the picture</source>
            <translation>已检查，下一张；按住拖动：移动图片</translation>
        </message>
        <message>
            <source>Checked, next (while a box is drawn, too)</source>
            <translation>已检查，下一张（绘制时也可用）</translation>
        </message>
        <message>
            <source>Next picture</source>
            <translation>下一张图片</translation>
        </message>
        <message>
            <source>Previous picture</source>
            <translation>上一张图片</translation>
        </message>
        <message>
            <source>Next picture that is not labelled yet</source>
            <translation>下一张未标注的图片</translation>
        </message>
        <message>
            <source>Previous picture that is not labelled yet</source>
            <translation>上一张未标注的图片</translation>
        </message>
        <message>
            <source>Go to a picture by its number or name</source>
            <translation>按编号或名称转到图片</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>跳过</translation>
        </message>
        <message>
            <source>Flag for somebody to look at</source>
            <translation>加旗标，请他人查看</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>评论</translation>
        </message>
        <message>
            <source>All pictures as a gallery, and back</source>
            <translation>以图库显示所有图片，再按返回</translation>
        </message>
        <message>
            <source>Find pictures by name or comment</source>
            <translation>按名称或评论查找图片</translation>
        </message>
        <message>
            <source>Remove what is selected</source>
            <translation>删除所选</translation>
        </message>
        <message>
            <source>Duplicate what is selected</source>
            <translation>复制一份所选</translation>
        </message>
        <message>
            <source>Copy what is selected, or all shapes</source>
            <translation>拷贝所选或全部形状</translation>
        </message>
        <message>
            <source>Paste at the same place, also on another picture</source>
            <translation>粘贴到相同位置，也可用于其他图片</translation>
        </message>
        <message>
            <source>The shapes of the picture before, here too</source>
            <translation>把上一张图片的形状也放到这里</translation>
        </message>
        <message>
            <source>Select all shapes</source>
            <translation>选择全部形状</translation>
        </message>
        <message>
            <source>Select the next shape</source>
            <translation>选择下一个形状</translation>
        </message>
        <message>
            <source>Select the previous shape</source>
            <translation>选择上一个形状</translation>
        </message>
        <message>
            <source>Find or add a class</source>
            <translation>查找或添加类别</translation>
        </message>
        <message>
            <source>Hide or show the shapes of the class</source>
            <translation>隐藏或显示该类别的形状</translation>
        </message>
        <message>
            <source>Lock or unlock the shapes of the class</source>
            <translation>锁定或解锁该类别的形状</translation>
        </message>
        <message>
            <source>Hide the shapes</source>
            <translation>隐藏形状</translation>
        </message>
        <message>
            <source>The whole picture</source>
            <translation>整张图片</translation>
        </message>
        <message>
            <source>What is selected, as large as possible</source>
            <translation>尽可能放大所选</translation>
        </message>
        <message>
            <source>One pixel for one pixel</source>
            <translation>原始大小（1:1）</translation>
        </message>
        <message>
            <source>Larger</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Smaller</source>
            <translation>缩小</translation>
        </message>
        <message>
            <source>Magnifier</source>
            <translation>放大镜</translation>
        </message>
        <message>
            <source>Mini-map</source>
            <translation>小地图</translation>
        </message>
        <message>
            <source>All keys</source>
            <translation>所有快捷键</translation>
        </message>
        <message>
            <source>%1 is needed by the window or by a shape that is being drawn</source>
            <translation>%1 由窗口或正在绘制的形状使用</translation>
        </message>
        <message>
            <source>%1 is also: %2</source>
            <translation>%1 也用于：%2</translation>
        </message>
    </context>
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
        <message>
            <source>hidden</source>
            <translation>已隐藏</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>已锁定</translation>
        </message>
        <message>
            <source>Show its shapes</source>
            <translation>显示此类形状</translation>
        </message>
        <message>
            <source>Hide its shapes</source>
            <translation>隐藏此类形状</translation>
        </message>
        <message>
            <source>Unlock its shapes</source>
            <translation>解锁此类形状</translation>
        </message>
        <message>
            <source>Lock its shapes</source>
            <translation>锁定此类形状</translation>
        </message>
    </context>
    <context>
        <name>lamina::ImportRemarksPanel</name>
        <message>
            <source>Remarks</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>Remarks (%1)</source>
            <translation>备注（%1）</translation>
        </message>
        <message>
            <source>Imports of labels had nothing to remark.</source>
            <translation>导入标注时没有需要说明的问题。</translation>
        </message>
        <message>
            <source>What imports of labels had to remark. A click leads to the picture and selects the shape.</source>
            <translation>导入标注时发现的问题。点击即可转到该图片并选中形状。</translation>
        </message>
        <message>
            <source>Remarks of imports</source>
            <translation>导入备注</translation>
        </message>
    </context>
    <context>
        <name>lamina::KeyDialog</name>
        <message>
            <source>Set this key</source>
            <translation>设为此键</translation>
        </message>
        <message>
            <source>No key</source>
            <translation>不设按键</translation>
        </message>
        <message>
            <source>Usual keys</source>
            <translation>默认按键</translation>
        </message>
        <message>
            <source>Left hand</source>
            <translation>左手</translation>
        </message>
        <message>
            <source>From a file …</source>
            <translation>从文件…</translation>
        </message>
        <message>
            <source>To a file …</source>
            <translation>存为文件…</translation>
        </message>
        <message>
            <source>Keys of the Label page</source>
            <translation>标注页面的快捷键</translation>
        </message>
        <message>
            <source>What has a key</source>
            <translation>有快捷键的操作</translation>
        </message>
        <message>
            <source>What it does</source>
            <translation>作用</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>快捷键</translation>
        </message>
        <message>
            <source>In the way</source>
            <translation>冲突</translation>
        </message>
        <message>
            <source>Press the new key here</source>
            <translation>在此按下新的按键</translation>
        </message>
        <message>
            <source>All that is done often lies under the left hand, while the right one has the mouse</source>
            <translation>常用操作都在左手下，右手使用鼠标</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>New key:</source>
            <translation>新按键：</translation>
        </message>
        <message>
            <source>Some keys are in each other's way. Give one of them another key, then they can be kept.</source>
            <translation>有些按键互相冲突。请为其中之一换一个按键，然后即可保留。</translation>
        </message>
        <message>
            <source>Keys from a file</source>
            <translation>从文件读取快捷键</translation>
        </message>
        <message>
            <source>Keys (*.json)</source>
            <translation>快捷键 (*.json)</translation>
        </message>
        <message>
            <source>Keys to a file</source>
            <translation>将快捷键存为文件</translation>
        </message>
        <message>
            <source>%1 cannot be written.</source>
            <translation>无法写入 %1。</translation>
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
            <translation>加旗标，请他人查看</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>评论</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>快捷键</translation>
        </message>
        <message>
            <source>Checked, next</source>
            <translation>已检查，下一张</translation>
        </message>
        <message>
            <source>Picture %1 of %2. Go to another one by its number or name</source>
            <translation>第 %1 张，共 %2 张图片。按编号或名称转到另一张</translation>
        </message>
        <message>
            <source>How picture and shapes are shown</source>
            <translation>图片和形状的显示方式</translation>
        </message>
        <message>
            <source>This picture is right as it is, also where nothing is on it (%1)</source>
            <translation>这张图片没有问题，即使上面什么也没有（%1）</translation>
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
            <translation>评论</translation>
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
            <source>Arrows</source>
            <translation>方向键</translation>
        </message>
        <message>
            <source>Move what is selected; with Shift ten pixels</source>
            <translation>移动所选内容；按住 Shift 移动十个像素</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>快捷键</translation>
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
        <message>
            <source>Some of your work is not on the disk yet. Nothing can be undone until it is.</source>
            <translation>您的部分工作尚未写入磁盘。写入之前无法撤销。</translation>
        </message>
        <message>
            <source>Done again: %1</source>
            <translation>已重做：%1</translation>
        </message>
        <message>
            <source>Taken back: %1</source>
            <translation>已撤销：%1</translation>
        </message>
        <message>
            <source>Go to a picture</source>
            <translation>转到图片</translation>
        </message>
        <message>
            <source>Its number, or a part of its name or comment:</source>
            <translation>编号，或名称、评论的一部分：</translation>
        </message>
        <message>
            <source>No picture has “%1” in its name or comment.</source>
            <translation>没有图片的名称或评论包含“%1”。</translation>
        </message>
        <message>
            <source>All again</source>
            <translation>显示全部</translation>
        </message>
        <message>
            <source>Not saved yet: %1 Lamina tries again by itself.</source>
            <translation>尚未保存：%1 Lamina 会自动重试。</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Enter, Backspace, Esc</source>
            <translation>Enter、Backspace、Esc</translation>
        </message>
        <message>
            <source>While a shape is drawn: finish it, take a point back, drop it</source>
            <translation>绘制形状时：完成、撤回一个点、放弃</translation>
        </message>
        <message>
            <source>Change keys …</source>
            <translation>更改快捷键…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>History of this shape</source>
            <translation>此形状的历史</translation>
        </message>
        <message>
            <source>History of this picture</source>
            <translation>此图片的历史</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>拷贝</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>粘贴</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>类别</translation>
        </message>
        <message numerus="yes">
            <source>%n not saved</source>
            <translation>
                <numerusform>%n 项未保存</numerusform>
            </translation>
        </message>
        <message>
            <source>The disk is full. Your labels are saved in the room that Lamina had put aside, but it does not last for long: make room on the disk.</source>
            <translation>磁盘已满。您的标注保存在 Lamina 预留的空间中，但它支撑不了多久：请腾出磁盘空间。</translation>
        </message>
        <message>
            <source>There is room on the disk again.</source>
            <translation>磁盘又有空间了。</translation>
        </message>
    </context>
    <context>
        <name>lamina::LookPopup</name>
        <message>
            <source>Brightness</source>
            <translation>亮度</translation>
        </message>
        <message>
            <source>Contrast</source>
            <translation>对比度</translation>
        </message>
        <message>
            <source>Areas</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>Names of the classes</source>
            <translation>类别名称</translation>
        </message>
        <message>
            <source>Cross-hair</source>
            <translation>十字线</translation>
        </message>
        <message>
            <source>Mini-map, where only a part is seen</source>
            <translation>只看到一部分时显示小地图</translation>
        </message>
        <message>
            <source>Magnifier</source>
            <translation>放大镜</translation>
        </message>
        <message>
            <source>Snap to what is near</source>
            <translation>吸附到附近</translation>
        </message>
    </context>
    <context>
        <name>lamina::QueueView</name>
        <message>
            <source>Any class</source>
            <translation>任意类别</translation>
        </message>
        <message>
            <source>Anybody</source>
            <translation>任何人</translation>
        </message>
        <message>
            <source>All pictures (%1)</source>
            <translation>全部图片（%1）</translation>
        </message>
        <message>
            <source>Not labelled yet (%1)</source>
            <translation>未标注（%1）</translation>
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
            <source>Checked, nothing there (%1)</source>
            <translation>已检查，没有内容（%1）</translation>
        </message>
        <message>
            <source>Skipped (%1)</source>
            <translation>已跳过（%1）</translation>
        </message>
        <message>
            <source>Flagged (%1)</source>
            <translation>有旗标（%1）</translation>
        </message>
        <message>
            <source>With a comment (%1)</source>
            <translation>有评论（%1）</translation>
        </message>
        <message>
            <source>%1 found</source>
            <translation>找到 %1 张</translation>
        </message>
        <message>
            <source>flagged</source>
            <translation>有旗标</translation>
        </message>
        <message>
            <source>with a comment</source>
            <translation>有评论</translation>
        </message>
        <message>
            <source>Which pictures are shown</source>
            <translation>显示哪些图片</translation>
        </message>
        <message>
            <source>Pictures with a label of this class</source>
            <translation>含有此类别标注的图片</translation>
        </message>
        <message>
            <source>Pictures of this person</source>
            <translation>此人的图片</translation>
        </message>
        <message>
            <source>Pictures that this person labelled, checked or skipped</source>
            <translation>此人标注、检查或跳过的图片</translation>
        </message>
        <message>
            <source>Find pictures by name, comment or number</source>
            <translation>按名称、评论或编号查找图片</translation>
        </message>
        <message>
            <source>Name, comment, number</source>
            <translation>名称、评论、编号</translation>
        </message>
        <message>
            <source>Gallery</source>
            <translation>图库</translation>
        </message>
        <message>
            <source>All pictures as a gallery, and back</source>
            <translation>以图库显示所有图片，再按返回</translation>
        </message>
        <message>
            <source>Strip of pictures</source>
            <translation>图片条</translation>
        </message>
        <message>
            <source>Show or hide the strip of pictures</source>
            <translation>显示或隐藏图片条</translation>
        </message>
    </context>
    <context>
        <name>lamina::ShapeHistory</name>
        <message>
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <source>Everything that was done on this picture. Select a shape to see its history alone.</source>
            <translation>在这张图片上做过的一切。选中一个形状可只看它的历史。</translation>
        </message>
        <message>
            <source>What became of the selected shape. The state that counts is bold.</source>
            <translation>所选形状的变化过程。当前有效的状态以粗体显示。</translation>
        </message>
        <message>
            <source>%1 removed</source>
            <translation>%1 已删除</translation>
        </message>
        <message>
            <source>%1 made</source>
            <translation>%1 已创建</translation>
        </message>
        <message>
            <source>%1 changed</source>
            <translation>%1 已修改</translation>
        </message>
        <message>
            <source>a model (%1)</source>
            <translation>模型（%1）</translation>
        </message>
        <message>
            <source>What was done, newest first</source>
            <translation>做过的事，最新的在前</translation>
        </message>
        <message>
            <source>Bring this state back</source>
            <translation>恢复此状态</translation>
        </message>
        <message>
            <source>The label becomes again what it was then. Nothing is lost: what it is now stays in its history</source>
            <translation>标注恢复为当时的样子。不会丢失任何内容：现在的样子仍保留在历史中</translation>
        </message>
    </context>
</TS>
