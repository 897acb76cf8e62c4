<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Help</name>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>About Lamina</source>
            <translation>关于 Lamina</translation>
        </message>
        <message>
            <source>Lamina %1

From data to a model in use, without programming. Everything happens on this computer; nothing is ever sent anywhere.

Free software under the GNU General Public License, version 3 or later. Uses Qt %2.</source>
            <translation>Lamina %1

不用编程，从数据到可用的模型。一切都在这台电脑上进行，任何内容都不会被发送出去。

自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。使用 Qt %2。</translation>
        </message>
    </context>
    <context>
        <name>SampleProjects</name>
        <message>
            <source>Garments</source>
            <translation>服装</translation>
        </message>
        <message>
            <source>70,000 small pictures of clothes in ten classes. A network learns to tell them apart in a minute or two.</source>
            <translation>七万张小幅服装图片，共十类。网络一两分钟就能学会区分它们。</translation>
        </message>
        <message>
            <source>Iris flowers</source>
            <translation>鸢尾花</translation>
        </message>
        <message>
            <source>150 flowers, four measurements each: which of three species is it? Trains in seconds.</source>
            <translation>150 朵花，每朵四个测量值：属于三个品种中的哪一个？几秒钟即可训练完成。</translation>
        </message>
    </context>
    <context>
        <name>StageStatus</name>
        <message>
            <source>Open or create a project first.</source>
            <translation>请先打开或新建项目。</translation>
        </message>
        <message>
            <source>Import data first.</source>
            <translation>请先导入数据。</translation>
        </message>
        <message>
            <source>%1 rows or pictures imported.</source>
            <translation>已导入 %1 行或图片。</translation>
        </message>
        <message>
            <source>Nothing imported yet.</source>
            <translation>尚未导入任何数据。</translation>
        </message>
        <message numerus="yes">
            <source>%n network(s) drawn.</source>
            <translation>
                <numerusform>已绘制 %n 个网络。</numerusform>
            </translation>
        </message>
        <message>
            <source>No network yet.</source>
            <translation>还没有网络。</translation>
        </message>
        <message>
            <source>Draw a network first, or take a template.</source>
            <translation>请先绘制网络，或选用模板。</translation>
        </message>
        <message>
            <source>A training is running.</source>
            <translation>训练正在进行。</translation>
        </message>
        <message numerus="yes">
            <source>%n training(s) so far.</source>
            <translation>
                <numerusform>目前共 %n 次训练。</numerusform>
            </translation>
        </message>
        <message>
            <source>Ready to train.</source>
            <translation>可以开始训练。</translation>
        </message>
        <message>
            <source>Train a network first.</source>
            <translation>请先训练网络。</translation>
        </message>
        <message>
            <source>Look at the curves and at what was mistaken.</source>
            <translation>查看曲线以及判断错误的项目。</translation>
        </message>
        <message>
            <source>Predict with the model or export it.</source>
            <translation>用模型进行预测，或将其导出。</translation>
        </message>
        <message numerus="yes">
            <source>%n cleaning step(s).</source>
            <translation>
                <numerusform>%n 个清洗步骤。</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing is changed yet.</source>
            <translation>尚未更改任何内容。</translation>
        </message>
        <message>
            <source>%1 of %2 labelled.</source>
            <translation>已标注 %1，共 %2。</translation>
        </message>
        <message>
            <source>Nothing is labelled yet.</source>
            <translation>尚未标注。</translation>
        </message>
    </context>
    <context>
        <name>lamina::DockTitle</name>
        <message>
            <source>Close the panel %1</source>
            <translation>关闭面板“%1”</translation>
        </message>
        <message>
            <source>Close this panel</source>
            <translation>关闭此面板</translation>
        </message>
    </context>
    <context>
        <name>lamina::HistoryPanel</name>
        <message>
            <source>Everything is saved as you go. Choose a line and go back to it; what came after can be done again.</source>
            <translation>所有更改都会随时保存。选择一行即可回到那一步；之后的更改可以重做。</translation>
        </message>
        <message>
            <source>Changes of this project, newest first</source>
            <translation>此项目的更改，最新的在前</translation>
        </message>
        <message>
            <source>Go back to here</source>
            <translation>回到这一步</translation>
        </message>
    </context>
    <context>
        <name>lamina::MainWindow</name>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>Properties</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Undo: %1</source>
            <translation>撤销(&amp;U)：%1</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>重做(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Redo: %1</source>
            <translation>重做(&amp;R)：%1</translation>
        </message>
        <message>
            <source>Lamina</source>
            <translation>Lamina</translation>
        </message>
        <message>
            <source>%1 (only to look at) – Lamina</source>
            <translation>%1（只读）– Lamina</translation>
        </message>
        <message>
            <source>%1 – Lamina</source>
            <translation>%1 – Lamina</translation>
        </message>
        <message>
            <source>Open elsewhere: only to look at</source>
            <translation>已在别处打开：只读</translation>
        </message>
        <message>
            <source>Saved</source>
            <translation>已保存</translation>
        </message>
        <message>
            <source>Saved just now</source>
            <translation>刚刚已保存</translation>
        </message>
        <message>
            <source>Saved %1 s ago</source>
            <translation>%1 秒前已保存</translation>
        </message>
        <message>
            <source>Saved at %1</source>
            <translation>已于 %1 保存</translation>
        </message>
        <message>
            <source>New project</source>
            <translation>新建项目</translation>
        </message>
        <message>
            <source>My project</source>
            <translation>我的项目</translation>
        </message>
        <message>
            <source>Lamina projects (*.lamina)</source>
            <translation>Lamina 项目 (*.lamina)</translation>
        </message>
        <message>
            <source>Open project</source>
            <translation>打开项目</translation>
        </message>
        <message>
            <source>Making the sample project %1</source>
            <translation>正在创建示例项目“%1”</translation>
        </message>
        <message>
            <source>None yet</source>
            <translation>暂无</translation>
        </message>
        <message>
            <source>A training is running</source>
            <translation>训练正在进行</translation>
        </message>
        <message>
            <source>Closing stops the training at a checkpoint. You can go on with it later, from the same place.</source>
            <translation>关闭会让训练停在检查点。以后可以从同一位置继续。</translation>
        </message>
        <message>
            <source>Stop and close</source>
            <translation>停止并关闭</translation>
        </message>
        <message>
            <source>Keep training</source>
            <translation>继续训练</translation>
        </message>
        <message>
            <source>&amp;Project</source>
            <translation>项目(&amp;P)</translation>
        </message>
        <message>
            <source>Recent</source>
            <translation>最近打开</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;New project…</source>
            <translation>新建项目(&amp;N)…</translation>
        </message>
        <message>
            <source>&amp;Open project…</source>
            <translation>打开项目(&amp;O)…</translation>
        </message>
        <message>
            <source>&amp;Import data…</source>
            <translation>导入数据(&amp;I)…</translation>
        </message>
        <message>
            <source>&amp;Close project</source>
            <translation>关闭项目(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>设置(&amp;S)…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;History</source>
            <translation>历史记录(&amp;H)</translation>
        </message>
        <message>
            <source>Side &amp;panel</source>
            <translation>侧边面板(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Full screen</source>
            <translation>全屏(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;About Lamina</source>
            <translation>关于 Lamina(&amp;A)</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史记录</translation>
        </message>
        <message>
            <source>The other window or program has closed this project.</source>
            <translation>另一个窗口或程序已关闭此项目。</translation>
        </message>
        <message>
            <source>Change it here</source>
            <translation>在这里更改</translation>
        </message>
        <message>
            <source>Cannot be written to: only to look at</source>
            <translation>无法写入：只能查看</translation>
        </message>
        <message>
            <source>There is no table on the clipboard. Copy some cells of a spreadsheet first.</source>
            <translation>剪贴板上没有表格。请先在电子表格中复制一些单元格。</translation>
        </message>
        <message>
            <source>Pasted table</source>
            <translation>粘贴的表格</translation>
        </message>
        <message>
            <source>Not everything is saved</source>
            <translation>尚未全部保存</translation>
        </message>
        <message>
            <source>Lamina projects and packages to label (*.lamina *.lamina-session)</source>
            <translation>Lamina 项目和标注包 (*.lamina *.lamina-session)</translation>
        </message>
        <message>
            <source>Close and lose it</source>
            <translation>关闭并放弃</translation>
        </message>
        <message>
            <source>Keep it open</source>
            <translation>保持打开</translation>
        </message>
    </context>
    <context>
        <name>lamina::SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>主题(&amp;T)</translation>
        </message>
        <message>
            <source>Your &amp;name</source>
            <translation>您的姓名(&amp;N)</translation>
        </message>
        <message>
            <source>Your name stands beside your changes in the history. It is used from the next project you open.</source>
            <translation>您的姓名会显示在历史记录中您的更改旁边，从下一个打开的项目起生效。</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>跟随桌面</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>Your name</source>
            <translation>您的姓名</translation>
        </message>
    </context>
    <context>
        <name>lamina::StageRail</name>
        <message>
            <source>Data</source>
            <translation>数据</translation>
        </message>
        <message>
            <source>Clean</source>
            <translation>清洗</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>标注</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>审阅</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>使用</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1（%2）</translation>
        </message>
        <message>
            <source>%1 (%2): %3</source>
            <translation>%1（%2）：%3</translation>
        </message>
        <message>
            <source>Stages</source>
            <translation>阶段</translation>
        </message>
    </context>
    <context>
        <name>lamina::TaskPanel</name>
        <message>
            <source>Only one</source>
            <translation>只显示一个</translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>另外 %n 个</numerusform>
            </translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <source>done in %1</source>
            <translation>已完成，用时 %1</translation>
        </message>
        <message>
            <source>cancelled, nothing was changed</source>
            <translation>已取消，未做任何更改</translation>
        </message>
        <message>
            <source>%1 s</source>
            <translation>%1 秒</translation>
        </message>
        <message>
            <source>%1 min %2 s</source>
            <translation>%1 分 %2 秒</translation>
        </message>
        <message>
            <source>%1 h %2 min</source>
            <translation>%1 小时 %2 分</translation>
        </message>
        <message>
            <source>%1 left</source>
            <translation>还需 %1</translation>
        </message>
        <message>
            <source>Cancel %1</source>
            <translation>取消“%1”</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>Close %1</source>
            <translation>关闭“%1”</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
    </context>
    <context>
        <name>lamina::WelcomePage</name>
        <message>
            <source>Welcome to Lamina</source>
            <translation>欢迎使用 Lamina</translation>
        </message>
        <message>
            <source>From your data to a model in use, without programming. Everything stays on this computer.</source>
            <translation>不用编程，从您的数据到可用的模型。所有内容都保留在这台电脑上。</translation>
        </message>
        <message>
            <source>New project…</source>
            <translation>新建项目…</translation>
        </message>
        <message>
            <source>Open project…</source>
            <translation>打开项目…</translation>
        </message>
        <message>
            <source>Recent projects</source>
            <translation>最近的项目</translation>
        </message>
        <message>
            <source>Try it with sample data</source>
            <translation>用示例数据试试</translation>
        </message>
        <message>
            <source>You can also drop a file, a folder of pictures or a project onto this window.</source>
            <translation>也可以把文件、图片文件夹或项目拖放到此窗口。</translation>
        </message>
        <message>
            <source>Projects that you open will be listed here.</source>
            <translation>您打开过的项目会列在这里。</translation>
        </message>
        <message>
            <source>%1
Not installed on this computer: apt install dataset-fashion-mnist</source>
            <translation>%1
此电脑尚未安装：apt install dataset-fashion-mnist</translation>
        </message>
        <message>
            <source>Try it</source>
            <translation>试一试</translation>
        </message>
        <message>
            <source>Try the sample %1</source>
            <translation>试用示例“%1”</translation>
        </message>
    </context>
</TS>
