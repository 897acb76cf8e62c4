#include "app/pages/label/label_orders.h"

#include <QLocale>

#include <cmath>
#include <unordered_map>
#include <utility>

#include "app/workspace/workspace.h"

namespace lamina {

struct LabelOrders::Made {
    std::shared_ptr<const Placed> placed;  ///< nullptr: by rows
    std::optional<LearnOutcome> learned;
    double expectedErrors = 0;
};

namespace {

std::shared_ptr<const LabelOrders::Placed> placedOf(std::optional<LabelOrder> order, const LabelDesk& desk) {
    if (!order || order->entries.empty()) return nullptr;
    std::unordered_map<std::int64_t, std::int64_t> rows;
    for (const ItemMark& mark : desk.marks) rows.emplace(mark.key, mark.position);
    auto placed = std::make_shared<LabelOrders::Placed>();
    std::vector<OrderEntry> entries;
    for (const OrderEntry& entry : order->entries) {
        const auto row = rows.find(entry.item);
        if (row == rows.end()) continue;
        entries.push_back(entry);
        placed->positions.push_back(row->second);
    }
    placed->order = std::move(*order);
    placed->order.entries = std::move(entries);
    return placed;
}

int rowOfTask(const TaskList& tasks, int id) {
    for (int row = tasks.rowCount() - 1; row >= 0; --row)
        if (tasks.info(row).id == id) return row;
    return -1;
}

}  // namespace

LabelOrders::LabelOrders(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace) {
    connect(&workspace.tasks(), &QAbstractItemModel::dataChanged, this, [this] {
        if (isBusy()) emit progressed();
    });
}

void LabelOrders::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    const std::int64_t labelling = m_desk && m_desk->labelling ? m_desk->labelling->key : 0;
    if (labelling == m_labelling) return;
    m_labelling = labelling;
    m_placed.reset();
    if (isBusy()) cancel();
    emit changed(false);
    if (labelling != 0) read();
}

OrderKind LabelOrders::kind() const { return m_placed ? orderFromName(m_placed->order.kind).value_or(OrderKind::Rows) : OrderKind::Rows; }

double LabelOrders::fraction() const {
    const int row = isBusy() ? rowOfTask(m_workspace.tasks(), m_task) : -1;
    return row < 0 ? -1 : m_workspace.tasks().info(row).fraction;
}

void LabelOrders::read() {
    const auto read = [project = m_workspace.shared(), desk = m_desk](TaskContext&) -> Result<std::shared_ptr<const Placed>> {
        LAMINA_TRY(auto order, project->labelOrders().of(desk->labelling->key));
        return placedOf(std::move(order), *desk);
    };
    m_workspace.tasks().quietly(this, read, [this, labelling = m_labelling](Result<std::shared_ptr<const Placed>> placed) {
        if (!placed || !*placed || labelling != m_labelling || m_placed) return;
        m_placed = std::move(*placed);
        emit changed(false);
    });
}

void LabelOrders::start(const QString& title, std::function<Result<Made>(Project&, const LabelDesk&, TaskContext&)> work) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || !m_desk->labelling || isBusy() || m_workspace.readOnly()) return;
    const auto run = [project, desk = m_desk, work = std::move(work)](TaskContext& context) { return work(*project, *desk, context); };
    m_task = m_workspace.tasks().start(title, this, run, [this, labelling = m_labelling](Result<Made> made) {
        m_task = -1;
        if (labelling == m_labelling) {
            if (made) take(std::move(*made));
            else if (made.error().code != "job.cancelled") emit told(Workspace::words(made.error()), true);
        }
        emit busyChanged();
    });
    emit busyChanged();
}

void LabelOrders::take(Made made) {
    const QLocale locale;
    if (made.learned) {
        const LearnOutcome& learned = *made.learned;
        QString text = learned.wentOn ? tr("Went on learning: %Ln label(s) are new or changed (%1 s).", nullptr, static_cast<int>(learned.changed))
                                      : tr("Learned from %Ln label(s) (%1 s).", nullptr, static_cast<int>(learned.model.labels));
        text = text.arg(locale.toString(learned.learnSeconds, 'f', 1));
        if (!std::isnan(learned.model.accuracy)) {
            const auto right = std::llround(learned.model.accuracy * static_cast<double>(learned.model.heldOut));
            text += ' ' + tr("Tried on %Ln label(s) that it had not learned from, it said %1 of them right (%2 %).", nullptr, static_cast<int>(learned.model.heldOut))
                              .arg(locale.toString(qlonglong(right)), locale.toString(100 * learned.model.accuracy, 'f', 0));
        }
        emit told(text, false);
        if (!learned.order) return;  // the order that was chosen is not a model's
    }
    if (made.placed && made.placed->order.kind == orderName(OrderKind::Suspects))
        emit told(tr("About %Ln label(s) are probably wrong.", nullptr, static_cast<int>(std::lround(made.expectedErrors))), false);
    m_placed = std::move(made.placed);
    emit changed(true);
}

void LabelOrders::make(OrderKind kind) {
    start(kind == OrderKind::Suspects ? tr("Look for doubtful labels") : tr("Order the items"), [kind](Project& project, const LabelDesk& desk, TaskContext& context) -> Result<Made> {
        OrderRequest request;
        request.dataset = desk.dataset.id;
        request.kind = kind;
        LAMINA_TRY(auto outcome, orderItems(project, request, {context.progress, context.cancel}));
        return Made{placedOf(std::move(outcome.order), desk), {}, outcome.expectedErrors};
    });
}

void LabelOrders::learn() {
    start(tr("Train on the labels"), [](Project& project, const LabelDesk& desk, TaskContext& context) -> Result<Made> {
        LAMINA_TRY(auto outcome, learnLabels(project, {desk.dataset.id, false, 0}, {context.progress, context.cancel}));
        auto placed = placedOf(outcome.order, desk);
        return Made{std::move(placed), std::move(outcome), 0};
    });
}

void LabelOrders::cancel() { m_workspace.tasks().cancel(m_task); }

}  // namespace lamina
