// Labelling by several people without a server: packages go out and come back, and how far everybody agrees.
#pragma once

#include "app/jobs/annotation_agreement.h"
#include "app/jobs/label_sessions.h"
#include "app/pages/label/label_panel.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace lamina {

class PeoplePanel : public LabelPanel {
    Q_OBJECT
public:
    explicit PeoplePanel(Workspace& workspace);

    QString title() const override;
    void setPace(const LabelPace* pace) override { m_pace = pace; }
    void setQueue(const WorkQueue* queue) override;
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
    void compare(std::vector<std::string> people = {});
    void showAgreement(const GroupAgreement& group);
    void offerPeople(const GroupAgreement& group);
    void comparePeopleTicked();
    void showQueueWords();
    void setBusy(bool busy);
    void showState();
    void showSpeed();
    void tell(const QString& outcome);
    void retranslate() override;

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    std::vector<LabelSessionRecord> m_sessions;
    const LabelPace* m_pace = nullptr;
    const WorkQueue* m_queue = nullptr;
    bool m_stale = true, m_busy = false;
    QLabel *m_about, *m_packages, *m_outcome, *m_speed;
    QLineEdit* m_person;
    QComboBox* m_items;
    QWidget* m_division;
    QLabel *m_partText, *m_partsText;
    QSpinBox *m_part, *m_parts;
    QCheckBox *m_notOut, *m_blind, *m_pictures, *m_share;
    QWidget* m_people;
    std::vector<QCheckBox*> m_peopleTicks;  ///< whoever could be compared
    QPushButton *m_send, *m_take, *m_compare, *m_back;
};

}  // namespace lamina
