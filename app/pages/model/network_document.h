// The network on the canvas and its place in the project: read, checked and saved in the background, in order.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

#include "app/pages/model/model_check.h"

namespace lamina {

class Workspace;

/// Lives in the GUI thread. Does nothing while it is not active.
class NetworkDocument : public QObject {
    Q_OBJECT
public:
    explicit NetworkDocument(Workspace& workspace, QObject* parent = nullptr);

    /// A page that is shown wants to know; a hidden one is told when it is shown again.
    void setActive(bool active);

    struct Entry {
        std::string id, name, datasetId, taskId;
        bool operator==(const Entry&) const = default;
    };
    /// The project's networks in order of creation; has it been read yet?
    const std::vector<Entry>& networks() const { return m_networks; }
    bool loaded() const { return m_loaded; }
    /// The one on the canvas; nullptr where there is none.
    const Entry* current() const;
    const Network& network() const { return m_network; }
    bool readOnly() const;

    const ModelCheck& check() const { return m_check; }
    /// What the data ask for; none while there are no data or they cannot be read.
    const std::optional<NetworkNeeds>& needs() const { return m_needs; }
    bool hasData() const { return m_hasData; }
    /// Why they cannot be read, in words; empty where they can or are still being looked at.
    const QString& dataProblem() const { return m_dataProblem; }
    QString datasetName() const { return m_datasetName; }

    /// Takes a changed network and saves it as one edit of this name.
    void edit(Network network, EditName name);

    // All in the background; errors go to Workspace::problem().
    void addFromTemplate(const std::string& templateId);  ///< empty: the one that fits
    void addEmpty();
    void duplicate();
    void rename(const std::string& name);
    void remove();

signals:
    void networksChanged();  ///< the list, which one is current, or its first reading
    void networkChanged();   ///< the network has become another one: undone, chosen, changed elsewhere
    void checked();
    void needsChanged();

private:
    struct Loaded;
    void reset();
    void reload();
    void adopt(Loaded loaded);
    void adoptData(const Loaded& loaded);
    void startNeeds(const std::string& dataset, const std::string& task);
    void startCheck();
    void add(std::function<Result<Network>()> make, const QString& name);
    /// Waits for an edit that is on its way to the disk.
    void follow(EditFuture future, std::function<void()> done);
    std::string chosen() const;

    Workspace& m_workspace;
    bool m_active = false, m_stale = true, m_loaded = false;
    std::vector<Entry> m_networks;
    std::string m_current;
    Network m_network;
    int m_serial = 0;   ///< counts what makes an older reading or check worthless
    int m_pending = 0;  ///< edits on their way
    bool m_loading = false, m_reloadWanted = false;
    bool m_checking = false, m_checkAgain = false;
    ModelCheck m_check;
    QTimer m_checkSoon;
    bool m_hasData = false;
    QString m_datasetName, m_dataProblem;
    std::string m_needsKey;
    int m_needsTask = 0;
    std::optional<NetworkNeeds> m_needs;
};

}  // namespace lamina
