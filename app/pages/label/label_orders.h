// In which order the items of the desk come, for the panels of the Label page: read, made and learned anew in the background.
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/jobs/label_queue.h"
#include "app/pages/label/label_desk.h"

namespace lamina {

class Workspace;
struct TaskContext;

/// GUI thread. Lives in the panel that holds the others.
class LabelOrders : public QObject {
    Q_OBJECT
public:
    /// An order with the rows of its items; items without a row are left out of both.
    struct Placed {
        LabelOrder order;
        std::vector<std::int64_t> positions;
    };

    LabelOrders(Workspace& workspace, QObject* parent);

    void setDesk(std::shared_ptr<const LabelDesk> desk);
    const LabelDesk* desk() const { return m_desk.get(); }
    /// nullptr: the items come by their rows.
    const Placed* placed() const { return m_placed.get(); }
    OrderKind kind() const;
    bool isBusy() const { return m_task >= 0; }
    double fraction() const;  ///< 0 … 1; -1: unknown

    void make(OrderKind kind);
    /// "Train now": the model learns, then the queue is ordered by what it says.
    void learn();
    void cancel();

signals:
    /// `made`: here and just now; else it is what the project kept.
    void changed(bool made);
    void busyChanged();
    void progressed();
    void told(const QString& text, bool failed);

private:
    struct Made;
    void read();
    void start(const QString& title, std::function<Result<Made>(Project&, const LabelDesk&, TaskContext&)> work);
    void take(Made made);

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    std::shared_ptr<const Placed> m_placed;
    std::int64_t m_labelling = 0;  ///< whose order was read last; 0: none
    int m_task = -1;
};

}  // namespace lamina
