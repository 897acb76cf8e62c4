<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>lamina::AugmentationDialog</name>
        <message>
            <source>%1 chosen</source>
            <translation>已选 %1 种</translation>
        </message>
        <message>
            <source>The rows are being opened …</source>
            <translation>正在打开数据行…</translation>
        </message>
        <message>
            <source>Open rows for the gallery of augmentations</source>
            <translation>为数据增强图库打开数据行</translation>
        </message>
        <message>
            <source>Row %1</source>
            <translation>第 %1 行</translation>
        </message>
        <message>
            <source>Row %1 · %2</source>
            <translation>第 %1 行 · %2</translation>
        </message>
        <message>
            <source>Augmentation</source>
            <translation>数据增强</translation>
        </message>
        <message>
            <source>In each epoch the training rows are changed a little and anew, so that the network cannot learn them by heart. Validation and test stay as they are.</source>
            <translation>每一轮都会重新对训练数据稍作改变，使网络无法死记硬背。验证集和测试集保持不变。</translation>
        </message>
        <message>
            <source>Kinds of augmentation</source>
            <translation>增强的种类</translation>
        </message>
        <message>
            <source>&amp;Usual for photos</source>
            <translation>照片常用(&amp;U)</translation>
        </message>
        <message>
            <source>A mild set that suits most photos. Leave flips out where left and right matter.</source>
            <translation>适合大多数照片的一组温和变化。左右有意义时请去掉翻转。</translation>
        </message>
        <message>
            <source>&amp;None</source>
            <translation>无(&amp;N)</translation>
        </message>
        <message>
            <source>The training rows stay as they are.</source>
            <translation>训练数据保持原样。</translation>
        </message>
        <message>
            <source>&amp;Again</source>
            <translation>再来一次(&amp;A)</translation>
        </message>
        <message>
            <source>The same rows, changed with other random numbers.</source>
            <translation>同样的行，换用其他随机数改变。</translation>
        </message>
        <message>
            <source>&amp;Other rows</source>
            <translation>其他行(&amp;O)</translation>
        </message>
        <message>
            <source>Shows what becomes of other rows.</source>
            <translation>查看其他行会变成什么样。</translation>
        </message>
        <message>
            <source>What becomes of some training rows</source>
            <translation>一些训练数据会变成什么样</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>原样</translation>
        </message>
        <message>
            <source>As the training would see it</source>
            <translation>训练时看到的样子</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>取消(&amp;C)</translation>
        </message>
        <message>
            <source>Us&amp;e these</source>
            <translation>使用这些(&amp;E)</translation>
        </message>
    </context>
    <context>
        <name>lamina::AugmentationWords</name>
        <message>
            <source>How often</source>
            <translation>频率</translation>
        </message>
        <message>
            <source>The share of the items that are changed by it: 1 is every one, 0.3 three in ten.</source>
            <translation>被它改变的样本所占的比例：1 表示全部，0.3 表示十分之三。</translation>
        </message>
        <message>
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <source>, </source>
            <comment>between the items of a list</comment>
            <translation>，</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>in %1 % of the items</source>
            <translation>用于 %1 % 的样本</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
    </context>
    <context>
        <name>lamina::FoldTraining</name>
        <message>
            <source>Fold %1 of %2</source>
            <translation>第 %1 折，共 %2 折</translation>
        </message>
        <message>
            <source>Train all %1 &amp;folds</source>
            <translation>训练全部 %1 折(&amp;F)</translation>
        </message>
        <message>
            <source>Train all &amp;folds</source>
            <translation>训练全部各折(&amp;F)</translation>
        </message>
        <message>
            <source>One training for each fold, one after the other; at the end stand mean and standard deviation of their figures.</source>
            <translation>依次对每一折各训练一次；最后给出各项指标的均值和标准差。</translation>
        </message>
    </context>
    <context>
        <name>lamina::LearningRateDialog</name>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>The loss falls most steeply at a learning rate of %1; now it is %2. Beyond the lowest point the training becomes unsteady.</source>
            <translation>学习率为 %1 时损失下降最快；当前为 %2。超过最低点后训练会变得不稳定。</translation>
        </message>
        <message>
            <source>The loss never fell, whatever the learning rate. Look at the data and the network first.</source>
            <translation>无论学习率多大，损失都没有下降。请先检查数据和网络。</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Suggested: %1</source>
            <translation>建议：%1</translation>
        </message>
        <message>
            <source>Loss over learning rates</source>
            <translation>损失随学习率的变化</translation>
        </message>
        <message>
            <source>&amp;Take %1</source>
            <translation>采用 %1(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>关闭(&amp;C)</translation>
        </message>
    </context>
    <context>
        <name>lamina::OutputRows</name>
        <message>
            <source>%1 learns</source>
            <translation>%1 学习</translation>
        </message>
        <message>
            <source>What this output of the network is to give.</source>
            <translation>网络的这个输出应给出什么。</translation>
        </message>
        <message>
            <source>the data's answer</source>
            <translation>数据的答案</translation>
        </message>
        <message>
            <source>its own input again</source>
            <translation>重现自身的输入</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>不学习</translation>
        </message>
        <message>
            <source>Loss of %1</source>
            <translation>%1 的损失</translation>
        </message>
        <message>
            <source>How wrong this output is.</source>
            <translation>这个输出有多大误差。</translation>
        </message>
        <message>
            <source>Weight of %1</source>
            <translation>%1 的权重</translation>
        </message>
        <message>
            <source>How much its loss counts beside those of the other outputs.</source>
            <translation>它的损失相对其他输出所占的比重。</translation>
        </message>
        <message>
            <source>It is left as it is.</source>
            <translation>保持不变。</translation>
        </message>
        <message>
            <source>the column %1</source>
            <translation>列 %1</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1（%2）</translation>
        </message>
        <message>
            <source>An Input of the network takes this column: untick it there, on the Model page.</source>
            <translation>网络的某个输入取用了这一列：请在“模型”页中取消勾选。</translation>
        </message>
        <message>
            <source>The main output: its figures decide which epoch is the best.</source>
            <translation>主输出：由它的指标决定哪一轮最好。</translation>
        </message>
    </context>
    <context>
        <name>lamina::PlanRows</name>
        <message>
            <source>Proposed for this data: %1.</source>
            <translation>对这些数据建议：%1。</translation>
        </message>
        <message>
            <source>A good first choice with %1.</source>
            <translation>配合 %1 的常用起点。</translation>
        </message>
        <message>
            <source>%1 usually works well with %2.</source>
            <translation>%1 通常用 %2 效果不错。</translation>
        </message>
        <message>
            <source>Optimizer</source>
            <translation>优化器</translation>
        </message>
        <message>
            <source>How the weights are changed in every step.</source>
            <translation>每一步如何改变权重。</translation>
        </message>
        <message>
            <source>Schedule</source>
            <translation>学习率计划</translation>
        </message>
        <message>
            <source>How the learning rate changes in the course of the training.</source>
            <translation>学习率在训练过程中如何变化。</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>What computes. Results of different devices differ in the last digits.</source>
            <translation>用什么来计算。不同设备的结果在末几位数字上有差别。</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>Processor (CPU)</source>
            <translation>处理器 (CPU)</translation>
        </message>
        <message>
            <source>NVIDIA GPU</source>
            <translation>NVIDIA GPU</translation>
        </message>
        <message>
            <source>Works everywhere.</source>
            <translation>到处可用。</translation>
        </message>
        <message>
            <source>Says so where it cannot be used.</source>
            <translation>无法使用时会说明原因。</translation>
        </message>
        <message>
            <source>The GPU where there is one that can be used, else the processor.</source>
            <translation>有可用的 GPU 时用 GPU，否则用处理器。</translation>
        </message>
        <message>
            <source>Epochs</source>
            <translation>轮数</translation>
        </message>
        <message>
            <source>How often all training rows are gone through.</source>
            <translation>把全部训练行过多少遍。</translation>
        </message>
        <message>
            <source>Batch size</source>
            <translation>批大小</translation>
        </message>
        <message>
            <source>How many rows are looked at for one step.</source>
            <translation>每一步看多少行。</translation>
        </message>
        <message>
            <source>Stop early after</source>
            <translation>提前停止</translation>
        </message>
        <message>
            <source>Epochs without a better validation result before the training stops; 0: never.</source>
            <translation>验证结果连续多少轮没有变好就停止训练；0 表示不提前停止。</translation>
        </message>
        <message numerus="yes">
            <source>Stops after %n epoch(s) without a better validation result. The best one is kept.</source>
            <translation>
                <numerusform>验证结果连续 %n 轮没有变好就停止，并保留最佳的一轮。</numerusform>
            </translation>
        </message>
        <message>
            <source>0: all epochs are trained. The best one is kept anyway.</source>
            <translation>0：训练全部轮次，仍会保留最佳的一轮。</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>随机种子</translation>
        </message>
        <message>
            <source>The beginning of all random numbers.</source>
            <translation>所有随机数的起点。</translation>
        </message>
        <message>
            <source>The same seed gives the same result again.</source>
            <translation>相同的种子会再次得到相同的结果。</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>线程数</translation>
        </message>
        <message>
            <source>How many threads compute; 0: one for each core. The result is the same.</source>
            <translation>用多少个线程计算；0 表示每个核心一个。结果相同。</translation>
        </message>
        <message>
            <source>Steps per curve point</source>
            <translation>每个曲线点的步数</translation>
        </message>
        <message>
            <source>After so many steps the training curve gets a point.</source>
            <translation>每隔这么多步，训练曲线增加一个点。</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>What the training makes small: how wrong the model is.</source>
            <translation>训练要减小的量：模型错得有多厉害。</translation>
        </message>
        <message>
            <source>Last layer first</source>
            <translation>先训练最后一层</translation>
        </message>
        <message>
            <source>So many epochs the last layer alone is trained, then everything: for networks with trained layers. 0: everything at once.</source>
            <translation>先只训练最后一层这么多轮，再训练全部：适用于含有已训练层的网络。0：一开始就训练全部。</translation>
        </message>
        <message>
            <source>Gradient clipping</source>
            <translation>梯度裁剪</translation>
        </message>
        <message>
            <source>All gradients together are scaled down to this length: steadies trainings that explode. 0: off; 1 is usual.</source>
            <translation>把所有梯度整体缩小到此长度：使会发散的训练稳定下来。0：关闭；常用 1。</translation>
        </message>
        <message>
            <source>Gradient limit</source>
            <translation>梯度上限</translation>
        </message>
        <message>
            <source>Every single gradient is cut to this size. 0: off.</source>
            <translation>每个梯度都限制在此大小内。0：关闭。</translation>
        </message>
        <message>
            <source>L2 penalty</source>
            <translation>L2 惩罚</translation>
        </message>
        <message>
            <source>Makes large weights costly, against overfitting. 0: off; 0.0001 is usual.</source>
            <translation>使大的权重付出代价，防止过拟合。0：关闭；常用 0.0001。</translation>
        </message>
        <message>
            <source>L1 penalty</source>
            <translation>L1 惩罚</translation>
        </message>
        <message>
            <source>Pulls weights that are of little use to exactly 0. 0: off.</source>
            <translation>把用处不大的权重拉到恰好为 0。0：关闭。</translation>
        </message>
        <message>
            <source>Averaged weights</source>
            <translation>权重平均</translation>
        </message>
        <message>
            <source>The model keeps a running average of its weights, which is often a little better: how much of it stays in each step. 0: off; 0.999 is usual.</source>
            <translation>模型保留其权重的滑动平均，效果往往略好：每一步保留多少。0：关闭；常用 0.999。</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <source>Bfloat16 multiplies with 8 bits of mantissa and keeps weights and sums in 32 bits: quicker where dense layers, attention and larger convolutions take most of the time, with about the same result.</source>
            <translation>bfloat16 用 8 位尾数相乘，权重与求和仍为 32 位：在全连接层、注意力和较大的卷积占大部分时间时更快，结果大致相同。</translation>
        </message>
        <message>
            <source>32 bits (float32)</source>
            <translation>32 位（float32）</translation>
        </message>
        <message>
            <source>16 bits (bfloat16)</source>
            <translation>16 位（bfloat16）</translation>
        </message>
        <message>
            <source>This processor has no instruction for bfloat16: training will not be quicker.</source>
            <translation>此处理器没有 bfloat16 指令：训练不会更快。</translation>
        </message>
        <message>
            <source>On the processor alone: a GPU refuses it.</source>
            <translation>仅限处理器：GPU 会拒绝。</translation>
        </message>
    </context>
    <context>
        <name>lamina::RunHeader</name>
        <message>
            <source>Preparing the data …</source>
            <translation>正在准备数据…</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>Stopping …</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 / %2</translation>
        </message>
        <message>
            <source>%1 rows/s</source>
            <translation>%1 行/秒</translation>
        </message>
        <message numerus="yes">
            <source>%n epoch(s)</source>
            <translation>
                <numerusform>%n 轮</numerusform>
            </translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>已中断</translation>
        </message>
        <message>
            <source>Runs in another program</source>
            <translation>正在另一个程序中训练</translation>
        </message>
        <message>
            <source>%1 planned</source>
            <translation>计划 %1</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>%1 %2 in epoch %3</source>
            <translation>%1 %2（第 %3 轮）</translation>
        </message>
        <message>
            <source>Epoch</source>
            <translation>轮</translation>
        </message>
        <message>
            <source>Elapsed</source>
            <translation>已用时间</translation>
        </message>
        <message>
            <source>Remaining</source>
            <translation>剩余时间</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>内存</translation>
        </message>
        <message>
            <source>Patience left</source>
            <translation>剩余耐心</translation>
        </message>
        <message>
            <source>Best validation</source>
            <translation>最佳验证结果</translation>
        </message>
        <message>
            <source>Progress of the training</source>
            <translation>训练进度</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>暂停(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>继续(&amp;G)</translation>
        </message>
        <message>
            <source>Stop after this &amp;epoch</source>
            <translation>本轮结束后停止(&amp;E)</translation>
        </message>
        <message>
            <source>Stop no&amp;w</source>
            <translation>立即停止(&amp;W)</translation>
        </message>
        <message>
            <source>Stops at a checkpoint. The training can go on from there later.</source>
            <translation>在检查点处停止，以后可以从那里继续训练。</translation>
        </message>
        <message>
            <source>&amp;Go on with this training</source>
            <translation>继续这次训练(&amp;G)</translation>
        </message>
        <message>
            <source>Train &amp;longer</source>
            <translation>再训练(&amp;L)</translation>
        </message>
        <message>
            <source>The learning rate takes its course once more over the added epochs.</source>
            <translation>学习率在新增的轮次里重新走一遍变化过程。</translation>
        </message>
        <message>
            <source>How many epochs more</source>
            <translation>再训练多少轮</translation>
        </message>
        <message>
            <source>+ </source>
            <translation>+ </translation>
        </message>
        <message>
            <source> epochs</source>
            <translation> 轮</translation>
        </message>
        <message>
            <source>Look at the &amp;results</source>
            <translation>查看结果(&amp;R)</translation>
        </message>
        <message>
            <source>Training rows changed by: %1</source>
            <translation>训练数据的增强：%1</translation>
        </message>
        <message>
            <source>Processor</source>
            <translation>处理器</translation>
        </message>
        <message>
            <source>Reference</source>
            <translation>参考实现</translation>
        </message>
        <message numerus="yes">
            <source>%n thread(s)</source>
            <translation>
                <numerusform>%n 个线程</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::TrainForm</name>
        <message>
            <source>%1 training, %2 validation, %3 test · seed %4 · %5</source>
            <translation>训练 %1，验证 %2，测试 %3 · 种子 %4 · %5</translation>
        </message>
        <message>
            <source>Start the training (Ctrl+Return)</source>
            <translation>开始训练 (Ctrl+Return)</translation>
        </message>
        <message>
            <source>&amp;Data</source>
            <translation>数据(&amp;D)</translation>
        </message>
        <message>
            <source>S&amp;plit</source>
            <translation>划分(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Network</source>
            <translation>网络(&amp;N)</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>数据</translation>
        </message>
        <message>
            <source>Split</source>
            <translation>划分</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>更多设置</translation>
        </message>
        <message>
            <source>&amp;Start training</source>
            <translation>开始训练(&amp;S)</translation>
        </message>
        <message>
            <source>%1 / %2 / %3 · seed %4</source>
            <translation>%1 / %2 / %3 · 种子 %4</translation>
        </message>
        <message>
            <source>Learning rate over the training, in %</source>
            <translation>训练进程（%）中的学习率</translation>
        </message>
        <message>
            <source>How the learning rate changes from the first step to the last.</source>
            <translation>学习率从第一步到最后一步如何变化。</translation>
        </message>
        <message>
            <source>Course of the learning rate</source>
            <translation>学习率的变化过程</translation>
        </message>
        <message>
            <source>Find a learning &amp;rate…</source>
            <translation>寻找学习率(&amp;R)…</translation>
        </message>
        <message>
            <source>Tries ever higher learning rates on a copy of the network and shows where the loss falls most.</source>
            <translation>在网络的副本上尝试越来越高的学习率，并显示损失在哪里下降最快。</translation>
        </message>
        <message>
            <source>The training rows stay as they are.</source>
            <translation>训练数据保持原样。</translation>
        </message>
        <message>
            <source>Usual for photos: %1. Look at what it does to yours.</source>
            <translation>照片常用：%1。请看看它对您的图片有什么效果。</translation>
        </message>
        <message>
            <source>Augmentation</source>
            <translation>数据增强</translation>
        </message>
        <message>
            <source>Choose and &amp;look…</source>
            <translation>选择并查看(&amp;L)…</translation>
        </message>
        <message>
            <source>Changes the training rows a little in each epoch, and shows what becomes of them.</source>
            <translation>每一轮对训练数据稍作改变，并展示改变后的样子。</translation>
        </message>
        <message>
            <source>%1 · after cleaning</source>
            <translation>%1 · 清洗后</translation>
        </message>
        <message>
            <source>%1 · before cleaning</source>
            <translation>%1 · 清洗前</translation>
        </message>
    </context>
    <context>
        <name>lamina::TrainPage</name>
        <message>
            <source>The training was stopped at a checkpoint. It can go on from there.</source>
            <translation>训练已在检查点处停止，可以从那里继续。</translation>
        </message>
        <message>
            <source>The training stopped early: the validation did not become better any more. The best epoch is kept.</source>
            <translation>训练提前结束：验证结果不再变好。已保留最佳的一轮。</translation>
        </message>
        <message>
            <source>The training is finished. The best epoch is kept.</source>
            <translation>训练完成。已保留最佳的一轮。</translation>
        </message>
        <message>
            <source>No project is open</source>
            <translation>没有打开的项目</translation>
        </message>
        <message>
            <source>Here a network learns from your data. Open or create a project first.</source>
            <translation>网络在这里从您的数据中学习。请先打开或新建一个项目。</translation>
        </message>
        <message>
            <source>There is no data yet</source>
            <translation>还没有数据</translation>
        </message>
        <message>
            <source>Here a network learns from your data, and you watch how well it does. Import data first.</source>
            <translation>网络在这里从您的数据中学习，您可以看着它进步。请先导入数据。</translation>
        </message>
        <message>
            <source>Go to Data</source>
            <translation>转到“数据”</translation>
        </message>
        <message>
            <source>The data is not divided yet</source>
            <translation>数据还没有划分</translation>
        </message>
        <message>
            <source>A network learns from one part of the data and is tested on rows it has never seen. Usual are 80 % for training, 10 % for validation and 10 % for the test.</source>
            <translation>网络用一部分数据学习，再用它从未见过的行来检验。通常训练占 80 %、验证占 10 %、测试占 10 %。</translation>
        </message>
        <message>
            <source>Divide the data</source>
            <translation>划分数据</translation>
        </message>
        <message>
            <source>Choose how</source>
            <translation>选择划分方式</translation>
        </message>
        <message>
            <source>There is no network yet</source>
            <translation>还没有网络</translation>
        </message>
        <message>
            <source>Take the template that fits your data, or draw a network yourself.</source>
            <translation>采用适合您数据的模板，或者自己画一个网络。</translation>
        </message>
        <message>
            <source>Take the template</source>
            <translation>采用模板</translation>
        </message>
        <message>
            <source>Draw a network</source>
            <translation>画一个网络</translation>
        </message>
        <message>
            <source>This network cannot be trained yet. %1</source>
            <translation>这个网络还不能训练。%1</translation>
        </message>
        <message>
            <source>Go to the network</source>
            <translation>转到网络</translation>
        </message>
        <message>
            <source>The training “%1” was interrupted. It can go on where it stopped.</source>
            <translation>训练“%1”被中断，可以从停下的地方继续。</translation>
        </message>
        <message>
            <source>Go on with it</source>
            <translation>继续训练</translation>
        </message>
        <message>
            <source>A training is running.</source>
            <translation>正在训练。</translation>
        </message>
        <message>
            <source>The project is open in another window or program; this one only looks on.</source>
            <translation>项目已在另一个窗口或程序中打开，这里只能查看。</translation>
        </message>
        <message>
            <source>Data, split and a network without problems are needed.</source>
            <translation>需要数据、划分和没有问题的网络。</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Build a network from the template</source>
            <translation>用模板建立网络</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Find a learning rate</source>
            <translation>寻找学习率</translation>
        </message>
        <message>
            <source>The recipe gives other rows now than those that were divided into training, validation and test. Divide them again, by the same settings, before you train.</source>
            <translation>清洗配方现在得到的行与已划分为训练、验证和测试的行不同。训练前请按相同的设置重新划分。</translation>
        </message>
        <message>
            <source>Divide again</source>
            <translation>重新划分</translation>
        </message>
        <message>
            <source>This data cannot be trained on yet. %1</source>
            <translation>这些数据还不能用于训练。%1</translation>
        </message>
        <message>
            <source>Go to the steps</source>
            <translation>前往步骤</translation>
        </message>
        <message>
            <source>Divide the data again</source>
            <translation>重新划分数据</translation>
        </message>
    </context>
</TS>
