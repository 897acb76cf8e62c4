<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>lamina::ModelOpener</name>
        <message>
            <source>Open an ONNX model</source>
            <translation>打开 ONNX 模型</translation>
        </message>
        <message>
            <source>ONNX models (*.onnx);;All files (*)</source>
            <translation>ONNX 模型 (*.onnx);;所有文件 (*)</translation>
        </message>
        <message>
            <source>Read %1</source>
            <translation>读取 %1</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>打开 %1</translation>
        </message>
        <message>
            <source>The network was opened, but cannot be used without training. %1</source>
            <translation>网络已打开，但不能不经训练直接使用。%1</translation>
        </message>
        <message>
            <source>The model is ready: ask it on the Use page, or look at it in Review.</source>
            <translation>模型已就绪：可在“使用”页提问，或在“评审”中查看。</translation>
        </message>
    </context>
    <context>
        <name>lamina::ModelPage</name>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>The settings of what is selected on the canvas are shown here.</source>
            <translation>这里显示画布上所选内容的设置。</translation>
        </message>
        <message>
            <source>Select a layer on the canvas to see and change its settings.</source>
            <translation>在画布上选择一个层，即可查看和更改其设置。</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Give the network a name.</source>
            <translation>请为网络命名。</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>数据</translation>
        </message>
        <message>
            <source>The dataset that the network is drawn for.</source>
            <translation>该网络所针对的数据集。</translation>
        </message>
        <message>
            <source>Task</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>The data give</source>
            <translation>数据形状</translation>
        </message>
        <message>
            <source>The Input layer takes this shape.</source>
            <translation>输入层采用此形状。</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>输出个数</translation>
        </message>
        <message>
            <source>How many numbers the last layer gives: one for each class, or the predicted number.</source>
            <translation>最后一层给出多少个数字：每个类别一个，或所预测的数值。</translation>
        </message>
        <message>
            <source>This project is open elsewhere: you can look at the network, but not change it.</source>
            <translation>此项目已在别处打开：您可以查看网络，但不能更改。</translation>
        </message>
        <message>
            <source>There are no data yet. You can draw, but whether the network fits is only known with data.</source>
            <translation>还没有数据。您可以绘制网络，但要有数据才能知道它是否合适。</translation>
        </message>
        <message>
            <source>Go to Data</source>
            <translation>前往“数据”</translation>
        </message>
        <message>
            <source>A network is a chain of layers that turns your data into answers. Drag layers onto the canvas, or take a template and change what you like.</source>
            <translation>网络是由层组成的链条，把您的数据变成答案。把层拖到画布上，或选用一个模板再随意修改。</translation>
        </message>
        <message>
            <source>There are no data yet: import some first, so that the network fits them. You can also draw without.</source>
            <translation>还没有数据：请先导入，以便网络与数据相配。没有数据也可以绘制。</translation>
        </message>
        <message>
            <source>This project is open elsewhere: a network cannot be drawn here.</source>
            <translation>此项目已在别处打开：无法在这里绘制网络。</translation>
        </message>
        <message>
            <source>Draw a network, or start from a template</source>
            <translation>绘制网络，或从模板开始</translation>
        </message>
        <message>
            <source>Start with: %1</source>
            <translation>使用模板：%1</translation>
        </message>
        <message>
            <source>Empty canvas</source>
            <translation>空白画布</translation>
        </message>
        <message>
            <source>Rename the network</source>
            <translation>重命名网络</translation>
        </message>
        <message>
            <source>Name of the network</source>
            <translation>网络名称</translation>
        </message>
        <message>
            <source>Statistics of the network</source>
            <translation>网络统计</translation>
        </message>
        <message>
            <source>Looking at the data…</source>
            <translation>正在查看数据…</translation>
        </message>
        <message>
            <source>Go on to the Train page with this network.</source>
            <translation>带着此网络前往“训练”页面。</translation>
        </message>
        <message>
            <source>Mend the problems above first.</source>
            <translation>请先解决上面的问题。</translation>
        </message>
        <message>
            <source>&amp;Train this network</source>
            <translation>训练此网络(&amp;T)</translation>
        </message>
        <message>
            <source>Open an ONNX model…</source>
            <translation>打开 ONNX 模型…</translation>
        </message>
        <message>
            <source>A network that was made elsewhere, with what it has learned. You see what it holds before anything is taken in.</source>
            <translation>在别处制作的网络及其所学内容。在纳入之前会先显示其内容。</translation>
        </message>
        <message>
            <source>columns for several Inputs</source>
            <translation>供多个输入使用的列</translation>
        </message>
        <message>
            <source>Pictures or series stand beside other columns: draw an Input for each and tick its columns there.</source>
            <translation>图片或序列与其他列并存：请为每一种画一个输入层，并在其中勾选它的列。</translation>
        </message>
    </context>
    <context>
        <name>lamina::ModelWords</name>
        <message>
            <source>%1 param.</source>
            <translation>%1 参数</translation>
        </message>
        <message numerus="yes">
            <source>%n layer(s)</source>
            <translation>
                <numerusform>%n 层</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 parameters</source>
            <translation>%1 个参数</translation>
        </message>
        <message>
            <source>%1 multiply-adds for each item</source>
            <translation>每个样本 %1 次乘加</translation>
        </message>
        <message>
            <source>%1 of memory for weights and one item</source>
            <translation>权重与一个样本占用 %1 内存</translation>
        </message>
    </context>
    <context>
        <name>lamina::NetworkBar</name>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>The network on the canvas</source>
            <translation>画布上的网络</translation>
        </message>
        <message>
            <source>New</source>
            <translation>新建</translation>
        </message>
        <message>
            <source>A new network: from a template or empty</source>
            <translation>新建网络：从模板或空白开始</translation>
        </message>
        <message>
            <source>New network</source>
            <translation>新建网络</translation>
        </message>
        <message>
            <source>Rename, duplicate or delete this network</source>
            <translation>重命名、复制或删除此网络</translation>
        </message>
        <message>
            <source>More about this network</source>
            <translation>此网络的更多操作</translation>
        </message>
        <message>
            <source>&amp;Empty network</source>
            <translation>空白网络(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Rename…</source>
            <translation>重命名(&amp;R)…</translation>
        </message>
        <message>
            <source>&amp;Duplicate</source>
            <translation>创建副本(&amp;D)</translation>
        </message>
        <message>
            <source>De&amp;lete</source>
            <translation>删除(&amp;L)</translation>
        </message>
        <message>
            <source>This project is open for reading only: no network can be added here.</source>
            <translation>此项目以只读方式打开，无法在此添加网络。</translation>
        </message>
        <message>
            <source>This project is open for reading only: its networks cannot be changed here.</source>
            <translation>此项目以只读方式打开，无法在此修改网络。</translation>
        </message>
        <message>
            <source>&amp;Open an ONNX model…</source>
            <translation>打开 ONNX 模型(&amp;O)…</translation>
        </message>
        <message>
            <source>A network that was made elsewhere, with what it has learned. You see what it holds before anything is taken in.</source>
            <translation>在别处制作的网络及其所学内容。在纳入之前会先显示其内容。</translation>
        </message>
    </context>
    <context>
        <name>lamina::NetworkDocument</name>
        <message>
            <source>network</source>
            <translation>网络</translation>
        </message>
    </context>
    <context>
        <name>lamina::NodeRows</name>
        <message>
            <source>Give the layer a name.</source>
            <translation>请为层命名。</translation>
        </message>
        <message>
            <source>A name may not contain / or #.</source>
            <translation>名称不能包含 / 或 #。</translation>
        </message>
        <message>
            <source>Another layer has this name already.</source>
            <translation>已有其他层使用此名称。</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>The layer's own name in this network. Weights are kept under it.</source>
            <translation>该层在此网络中的名称。权重以此名称保存。</translation>
        </message>
        <message>
            <source>Frozen</source>
            <translation>冻结</translation>
        </message>
        <message>
            <source>The layer's weights stay as they are while the others are trained.</source>
            <translation>训练其他层时，该层的权重保持不变。</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Sizes of what comes in for one item.</source>
            <translation>一个样本输入的各维大小。</translation>
        </message>
        <message>
            <source>Gives</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Sizes of what goes out for one item.</source>
            <translation>一个样本输出的各维大小。</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>参数</translation>
        </message>
        <message>
            <source>How many numbers the layer learns.</source>
            <translation>该层要学习多少个数字。</translation>
        </message>
        <message>
            <source>Multiply-adds</source>
            <translation>乘加次数</translation>
        </message>
        <message>
            <source>What the layer costs for one item: how often two numbers are multiplied and added.</source>
            <translation>该层处理一个样本的开销：两数相乘并相加的次数。</translation>
        </message>
    </context>
    <context>
        <name>lamina::OpenModelDialog</name>
        <message>
            <source>Layer</source>
            <translation>层</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Gives</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>参数</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>stays as it is</source>
            <translation>保持不变</translation>
        </message>
        <message>
            <source>can go on</source>
            <translation>可继续训练</translation>
        </message>
        <message numerus="yes">
            <source>%n layer(s)</source>
            <translation>
                <numerusform>%n 层</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 parameters</source>
            <translation>%1 个参数</translation>
        </message>
        <message>
            <source>Reads %1 (%2)</source>
            <translation>读取 %1（%2）</translation>
        </message>
        <message>
            <source>Gives %1 (%2)</source>
            <translation>给出 %1（%2）</translation>
        </message>
        <message>
            <source>There are no data yet that it could be used on.</source>
            <translation>还没有可供使用的数据。</translation>
        </message>
        <message>
            <source>Only a model with one input and one answer can be used without training.</source>
            <translation>只有一个输入和一个输出的模型才能不经训练直接使用。</translation>
        </message>
        <message>
            <source>It becomes a finished run: look at it in Review, ask it in Use, export it, or train it further.</source>
            <translation>它会成为一次已完成的训练：可在“评审”中查看、在“使用”中提问、导出或继续训练。</translation>
        </message>
        <message>
            <source>It is only drawn. Training begins with its numbers.</source>
            <translation>仅绘制网络。训练将从它的数值开始。</translation>
        </message>
        <message>
            <source>Open a model</source>
            <translation>打开模型</translation>
        </message>
        <message>
            <source>What to know about this model</source>
            <translation>关于此模型需要知道的</translation>
        </message>
        <message>
            <source>Layers of the model</source>
            <translation>模型的各层</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>名称(&amp;N)</translation>
        </message>
        <message>
            <source>Name of the network</source>
            <translation>网络名称</translation>
        </message>
        <message>
            <source>&amp;Use it without training on “%1”</source>
            <translation>不经训练直接用于“%1”(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Use it without training</source>
            <translation>不经训练直接使用(&amp;U)</translation>
        </message>
        <message>
            <source>The model &amp;expects</source>
            <translation>模型期望的输入(&amp;E)</translation>
        </message>
        <message>
            <source>What the model expects its inputs to be</source>
            <translation>模型期望输入是什么样的</translation>
        </message>
        <message>
            <source>the usual: pictures from 0 to 1, columns as they are</source>
            <translation>通常方式：图片 0 到 1，列保持原样</translation>
        </message>
        <message>
            <source>everything as it is stored: pictures from 0 to 255</source>
            <translation>全部按存储值：图片 0 到 255</translation>
        </message>
        <message>
            <source>pictures from 0 to 1</source>
            <translation>图片 0 到 1</translation>
        </message>
        <message>
            <source>pictures from -1 to 1</source>
            <translation>图片 -1 到 1</translation>
        </message>
        <message>
            <source>pictures scaled like ImageNet's</source>
            <translation>图片按 ImageNet 方式缩放</translation>
        </message>
        <message>
            <source>inputs scaled by the means of this data</source>
            <translation>输入按此数据的均值缩放</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>取消(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Open</source>
            <translation>打开(&amp;O)</translation>
        </message>
    </context>
    <context>
        <name>lamina::ProblemList</name>
        <message>
            <source>Problems of the network</source>
            <translation>网络的问题</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>查看</translation>
        </message>
        <message>
            <source>Go to the layer on the canvas.</source>
            <translation>转到画布上的该层。</translation>
        </message>
    </context>
</TS>
