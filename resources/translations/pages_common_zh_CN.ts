<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>lamina::PicturesOut</name>
        <message>
            <source>Write anonymised pictures</source>
            <translation>写出匿名化图片</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) were written to %1.</source>
            <translation>
                <numerusform>已将 %n 张图片写入 %1。</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::PicturesOutDialog</name>
        <message>
            <source>Choose a folder for the copies</source>
            <translation>选择保存副本的文件夹</translation>
        </message>
        <message>
            <source>Anonymised pictures</source>
            <translation>匿名化图片</translation>
        </message>
        <message>
            <source>Anonymised copies of %1</source>
            <translation>%1 的匿名化副本</translation>
        </message>
        <message>
            <source>The copies tell nothing but the picture: the notes of the camera (place, time, owner) are taken out. The data here stays as it is.</source>
            <translation>副本只包含图片本身：相机记录（地点、时间、所有者）会被去除。这里的数据保持不变。</translation>
        </message>
        <message>
            <source>Make &amp;unrecognisable</source>
            <translation>使其无法辨认(&amp;U)</translation>
        </message>
        <message>
            <source>Classes that are made unrecognisable</source>
            <translation>将变得无法辨认的类别</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <comment>class, number of labels</comment>
            <translation>%1（%2）</translation>
        </message>
        <message>
            <source>For faces or number plates: first draw boxes around them on the page Label. Then their class can be chosen here.</source>
            <translation>对于人脸或车牌：请先在“标注”页面为其绘制方框，然后即可在此选择其类别。</translation>
        </message>
        <message>
            <source>Where these are drawn, only a few coarse blocks are left of the picture. Pictures without any label go out whole.</source>
            <translation>绘制了这些类别的位置只保留少数粗糙的色块。没有任何标注的图片会完整导出。</translation>
        </message>
        <message>
            <source>&amp;Labels</source>
            <translation>标注(&amp;L)</translation>
        </message>
        <message>
            <source>The format in which labels go along</source>
            <translation>一并导出的标注格式</translation>
        </message>
        <message>
            <source>none, the pictures alone</source>
            <translation>无，只导出图片</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>文件夹(&amp;F)</translation>
        </message>
        <message>
            <source>Folder for the copies</source>
            <translation>保存副本的文件夹</translation>
        </message>
        <message>
            <source>Files of the same names in this folder are replaced.</source>
            <translation>该文件夹中同名的文件会被替换。</translation>
        </message>
        <message>
            <source>C&amp;hoose …</source>
            <translation>选择(&amp;H)…</translation>
        </message>
        <message>
            <source>&amp;Write the copies</source>
            <translation>写出副本(&amp;W)</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>取消(&amp;C)</translation>
        </message>
    </context>
</TS>
