#include "app/pages/model/network_document.h"

#include <algorithm>

#include "app/jobs/free_name.h"
#include "app/workspace/workspace.h"

namespace lamina {

/// One look at the project.
struct NetworkDocument::Loaded {
    std::vector<Entry> networks;
    std::string current;
    Network network;
    std::vector<DatasetRecord> datasets;
    std::string dataset;   ///< which of them the network is for
    std::string needsKey;  ///< changes where the data ask for something else
};

namespace {

constexpr int checkMilliseconds = 30;

const DatasetRecord* datasetFor(const std::vector<DatasetRecord>& datasets, const std::string& ofNetwork, const std::string& looked) {
    for (const auto& wanted : {ofNetwork, looked})
        for (const auto& dataset : datasets)
            if (dataset.id == wanted) return &dataset;
    return datasets.empty() ? nullptr : &datasets.back();
}

std::string keyOf(Project& project, const DatasetRecord& dataset, const std::string& task) {
    std::string key = dataset.id + ' ' + task;
    for (const auto& column : dataset.columns) key += ' ' + column.fileHash + '=' + column.role;
    if (const auto splits = project.splits().ofDataset(dataset.id); splits && !splits->empty()) key += ' ' + splits->back().id;
    return key;
}

}  // namespace

NetworkDocument::NetworkDocument(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace) {
    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(checkMilliseconds);
    connect(&m_checkSoon, &QTimer::timeout, this, &NetworkDocument::startCheck);
    connect(&workspace, &Workspace::opened, this, &NetworkDocument::reset);
    connect(&workspace, &Workspace::closed, this, &NetworkDocument::reset);
    connect(&workspace, &Workspace::changed, this, &NetworkDocument::reload);
    connect(&workspace, &Workspace::selectionChanged, this, &NetworkDocument::reload);
}

void NetworkDocument::setActive(bool active) {
    m_active = active;
    if (active && m_stale) reload();
}

void NetworkDocument::reset() {
    ++m_serial;
    m_pending = 0;
    m_loaded = m_loading = m_reloadWanted = m_checking = m_checkAgain = false;
    m_checkSoon.stop();
    m_networks.clear();
    m_current.clear();
    m_network = {};
    m_check = {};
    m_needs.reset();
    m_needsKey.clear();
    m_dataProblem.clear();
    m_hasData = false;
    emit networksChanged();
    emit networkChanged();
    reload();
}

const NetworkDocument::Entry* NetworkDocument::current() const {
    for (const auto& entry : m_networks)
        if (entry.id == m_current) return &entry;
    return nullptr;
}

bool NetworkDocument::readOnly() const { return m_workspace.readOnly(); }

// Reading.

void NetworkDocument::reload() {
    m_stale = !m_active;
    if (m_stale || !m_workspace.isOpen()) return;
    // What is being saved would look like somebody else's older network.
    if (m_loading || m_pending > 0) {
        m_reloadWanted = true;
        return;
    }
    m_loading = true;
    m_reloadWanted = false;
    auto read = [project = m_workspace.shared(), wanted = m_workspace.network(), looked = m_workspace.dataset()](TaskContext&) -> Result<Loaded> {
        Loaded loaded;
        LAMINA_TRY(const auto records, project->networks().all());
        LAMINA_TRY(loaded.datasets, project->datasets().all());
        const bool known = std::ranges::any_of(loaded.datasets, [&](const DatasetRecord& dataset) { return dataset.id == looked; });
        // The chosen network, or the newest one, of those for the data that are looked at: whoever comes with other data wants a network for them.
        const NetworkRecord* current = nullptr;
        for (const auto& record : records) {
            loaded.networks.push_back({record.id, record.name, record.datasetId, record.taskId});
            const bool fits = !known || record.datasetId.empty() || record.datasetId == looked;
            if (fits && !(current && current->id == wanted)) current = &record;
        }
        if (const auto* dataset = datasetFor(loaded.datasets, current ? current->datasetId : "", looked)) {
            loaded.dataset = dataset->id;
            loaded.needsKey = keyOf(*project, *dataset, current ? current->taskId : "");
        }
        if (!current) return loaded;
        loaded.current = current->id;
        LAMINA_TRY(loaded.network, networkFromJson(current->document));
        loaded.network.id = current->id;
        return loaded;
    };
    m_workspace.tasks().quietly(
        this, std::move(read),
        [this, serial = m_serial, wanted = m_workspace.network(), project = m_workspace.shared().get()](Result<Loaded> loaded) {
            if (m_workspace.shared().get() != project) return;
            m_loading = false;
            if (!loaded) emit m_workspace.problem(Workspace::words(loaded.error()));
            // Somebody has gone on drawing, or chosen another network, meanwhile: read again when that is saved.
            else if (serial != m_serial || wanted != m_workspace.network()) m_reloadWanted = true;
            else adopt(std::move(*loaded));
            if (m_reloadWanted && m_pending == 0) reload();
        });
}

void NetworkDocument::adopt(Loaded loaded) {
    const bool listChanged = !m_loaded || loaded.networks != m_networks || loaded.current != m_current;
    const bool networkIsOther = loaded.current != m_current || loaded.network != m_network;
    if (loaded.current != m_current) m_check = {};
    m_loaded = true;
    m_networks = std::move(loaded.networks);
    m_current = loaded.current;
    if (networkIsOther) {
        ++m_serial;
        m_network = std::move(loaded.network);
        m_checkSoon.start();
    }
    adoptData(loaded);
    if (listChanged) emit networksChanged();
    if (networkIsOther) emit networkChanged();
    if (m_workspace.network() != m_current) m_workspace.setNetwork(m_current);
}

void NetworkDocument::adoptData(const Loaded& loaded) {
    if (m_hasData == !loaded.datasets.empty() && loaded.needsKey == m_needsKey) return;
    m_hasData = !loaded.datasets.empty();
    m_needsKey = loaded.needsKey;
    m_needs.reset();
    m_dataProblem.clear();
    m_datasetName.clear();
    for (const auto& dataset : loaded.datasets)
        if (dataset.id == loaded.dataset) m_datasetName = QString::fromStdString(dataset.name);
    const Entry* entry = current();
    if (m_hasData) startNeeds(loaded.dataset, entry ? entry->taskId : "");
    emit needsChanged();
}

void NetworkDocument::startNeeds(const std::string& dataset, const std::string& task) {
    if (m_needsTask) m_workspace.tasks().cancel(m_needsTask);
    m_needsTask = m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), dataset, task](TaskContext& context) { return networkNeeds(*project, dataset, task, context.cancel); },
        [this, key = m_needsKey](Result<NetworkNeeds> needs) {
            if (key != m_needsKey) return;
            if (needs) m_needs = std::move(*needs);
            else m_dataProblem = Workspace::words(needs.error());
            m_checkSoon.start();
            emit needsChanged();
        });
}

// Checking: the newest network wins.

void NetworkDocument::startCheck() {
    if (m_checking) {
        m_checkAgain = true;
        return;
    }
    m_checking = true;
    m_checkAgain = false;
    m_workspace.tasks().quietly(
        this, [network = m_network, needs = m_needs](TaskContext&) -> Result<ModelCheck> { return checkModel(network, needs); },
        [this, serial = m_serial](Result<ModelCheck> check) {
            m_checking = false;
            if (m_checkAgain || serial != m_serial) m_checkSoon.start();
            if (serial != m_serial || !check) return;
            m_check = std::move(*check);
            emit checked();
        });
}

// Saving.

void NetworkDocument::edit(Network network, EditName name) {
    if (!current() || readOnly() || !m_workspace.isOpen()) return;
    ++m_serial;
    m_network = std::move(network);
    m_checkSoon.start();
    follow(m_workspace.shared()->networks().save(m_current, networkToJson(m_network), std::move(name)), [] {});
}

void NetworkDocument::follow(EditFuture future, std::function<void()> done) {
    ++m_pending;
    auto shared = std::make_shared<EditFuture>(std::move(future));
    m_workspace.tasks().quietly(
        this, [shared, project = m_workspace.shared()](TaskContext&) { return shared->get(); },
        [this, done = std::move(done), project = m_workspace.shared().get()](Result<EditReceipt> receipt) {
            if (m_workspace.shared().get() != project) return;
            --m_pending;
            if (receipt) {
                done();
            } else {
                // What could not be saved is taken back on the screen.
                m_reloadWanted = true;
                emit m_workspace.problem(Workspace::words(receipt.error()));
            }
            m_workspace.noteEdit();
            if (m_reloadWanted && m_pending == 0) reload();
        });
}

void NetworkDocument::add(std::function<Result<Network>()> make, const QString& name) {
    if (!m_workspace.isOpen() || readOnly()) return;
    auto work = [project = m_workspace.shared(), make = std::move(make), needs = m_needs,
                 name = name.toStdString()](TaskContext&) -> Result<std::string> {
        LAMINA_TRY(auto network, make());
        network.name = freeName(project->networks().all(), name);
        const NetworkRecord record = recordOf(network, needs ? &*needs : nullptr);
        LAMINA_CHECK(project->networks().add(record).get());
        return record.id;
    };
    m_workspace.tasks().quietly(this, std::move(work), [this](Result<std::string> id) {
        if (!id) return emit m_workspace.problem(Workspace::words(id.error()));
        m_workspace.setNetwork(*id);
        m_workspace.noteEdit();
        reload();
    });
}

void NetworkDocument::addFromTemplate(const std::string& templateId) {
    const std::string id = !templateId.empty() ? templateId : m_needs ? m_needs->templateId : "table";
    add([id, needs = m_needs]() -> Result<Network> { return networkFor(id, needs ? &*needs : nullptr); }, QString::fromStdString(id));
}

void NetworkDocument::addEmpty() {
    add([]() -> Result<Network> { return Network{newUuid(), {}, {}, {}}; }, tr("network"));
}

void NetworkDocument::duplicate() {
    const Entry* entry = current();
    if (!entry) return;
    add(
        [network = m_network]() -> Result<Network> {
            Network copy = network;
            copy.id = newUuid();
            return copy;
        },
        QString::fromStdString(entry->name));
}

void NetworkDocument::rename(const std::string& name) {
    const Entry* entry = current();
    if (!entry || readOnly() || name.empty() || name == entry->name) return;
    follow(m_workspace.shared()->networks().rename(m_current, name), [this] { reload(); });
}

void NetworkDocument::remove() {
    if (!current() || readOnly()) return;
    follow(m_workspace.shared()->networks().remove(m_current), [this] { reload(); });
}

}  // namespace lamina
