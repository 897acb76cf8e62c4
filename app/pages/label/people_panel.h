// Labelling by several people without a server: packages go out and come back, and how far everybody agrees.
#pragma once

#include "app/jobs/label_sessions.h"
#include "app/pages/label/label_panel.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace lamina {

class PeoplePanel : public LabelPanel {
    Q_OBJECT
public:
    explicit PeoplePanel(Workspace& workspace);

    QString title() const override;
    void setPace(const LabelPace* pace) override { m_pace = pace; }
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem*) override { showSpeed(); }

    /// Without the dialogs that ask for the file.
    void sendTo(const QString& file);
    void takeIn(const QString& file);
    void giveBack(const QString& file);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void read();
    void compare();
    void setBusy(bool busy);
    void showState();
    void showSpeed();
    void retranslate() override;

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    std::vector<LabelSessionRecord> m_sessions;
    const LabelPace* m_pace = nullptr;
    bool m_stale = true, m_busy = false;
    QLabel *m_about, *m_packages, *m_outcome, *m_speed;
    QLineEdit* m_person;
    QComboBox* m_items;
    QCheckBox *m_blind, *m_pictures, *m_share;
    QPushButton *m_send, *m_take, *m_compare, *m_back;
};

}  // namespace lamina
