//! Reads policies for requests, and once where they have a say beside several others.

use std::cell::Cell;

use super::key_table::{KeyId, KeyTable};
use super::statement::Statement;
use super::{Attached, Gate, PolicySet, Prepared};
use crate::policy::Policy;
use crate::sort::{sort, sort_by};

impl<'p> Prepared<'p> {
    /// Reads the policies: actions, patterns, operators and values.
    pub fn new(policies: &'p PolicySet) -> Self {
        let nothing = Prepared {
            unknown: Vec::new(),
            attached: Vec::new(),
            scp_levels: 0,
            rcp_levels: 0,
            keys: KeyTable::new(),
            reads_transport: false,
            reads_role: false,
            statements: 0,
            looks: 0,
            patterns: 0,
            work_left: Cell::new(usize::MAX),
        };
        nothing.beside(policies)
    }

    /// The same policies with others behind those of each layer, of which nothing is read again.
    pub fn beside(&self, policies: &'p PolicySet) -> Self {
        let (mut attached, mut keys) = (self.attached.clone(), self.keys.clone());
        let mut attach = |gate, level, index, policy: &'p Policy| {
            let statements = policy.statements.iter();
            let statements = statements
                .map(|statement| Statement::new(statement, gate, policy.version, &mut keys))
                .collect();
            attached.push(Attached { gate, level, index, statements });
        };
        let next = |gate| self.attached.iter().filter(|attached| attached.gate == gate).count();
        for (index, policy) in (next(Gate::Identity)..).zip(&policies.identity) {
            attach(Gate::Identity, 0, index, policy);
        }
        let single = [
            (Gate::Boundary, &policies.boundary),
            (Gate::Session, &policies.session),
            (Gate::Resource, &policies.resource),
            (Gate::Endpoint, &policies.endpoint),
        ];
        for (gate, policy) in single {
            for (index, policy) in (next(gate)..).zip(policy) {
                attach(gate, 0, index, policy);
            }
        }
        let organization = [
            (Gate::Scp, self.scp_levels, &policies.scps),
            (Gate::Rcp, self.rcp_levels, &policies.rcps),
        ];
        for (gate, first, levels) in organization {
            let levels = (first..).zip(levels);
            let all = levels.flat_map(|(level, all)| all.iter().map(move |policy| (level, policy)));
            for (index, (level, policy)) in (next(gate)..).zip(all) {
                attach(gate, level, index, policy);
            }
        }
        // Those of an organization are the last.
        let place =
            |own: &Attached| (matches!(own.gate, Gate::Scp | Gate::Rcp), own.gate, own.index);
        sort_by(&mut attached, &|a, b| place(a).cmp(&place(b)));
        let mut unknown: Vec<Gate> =
            self.unknown.iter().chain(&policies.unknown).copied().collect();
        sort(&mut unknown);
        unknown.dedup();
        let all = || attached.iter().flat_map(|attached| attached.statements.iter());
        let reads = |wanted| all().flat_map(Statement::keys).any(|key| key == wanted);
        let reads_transport = reads(KeyId::SECURE_TRANSPORT);
        let reads_role = reads(KeyId::PRINCIPAL_ARN);
        let statements = all().count();
        let looks = all().map(Statement::looks).sum();
        let conditions = all().flat_map(|statement| &statement.conditions);
        let patterns = conditions.map(|condition| condition.operands.others.len()).sum();
        Prepared {
            unknown,
            attached,
            scp_levels: self.scp_levels + policies.scps.len(),
            rcp_levels: self.rcp_levels + policies.rcps.len(),
            keys,
            reads_transport,
            reads_role,
            statements,
            looks,
            patterns,
            work_left: Cell::new(usize::MAX),
        }
    }

    /// Whether there is a policy in the layer.
    pub(super) fn has(&self, gate: Gate) -> bool {
        self.attached.iter().any(|attached| attached.gate == gate)
    }
}
