//! What fails between nodes and how it heals: lost words, a death, a broker that is away; and a leave that is taken.

use super::*;

#[test]
fn the_members_of_a_node_that_dies_leave_and_the_smallest_node_tells_of_it() {
    check_nodes(
        counting(),
        r#"
        A starts
        A joins
        B starts
        B joins
        C starts
        C joins
        at 1
        A 1 connects
        B 2 connects
        C 3 connects
        C 3 subscribes presence-x {"user_id":"cid"}
        C 3 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"cid\"],\"hash\":{\"cid\":null},\"count\":1}}"}
        C + presence-x occupied
        C + cid joins presence-x
        C + 3.3 hears presence-x
        A + presence-x occupied elsewhere
        B + presence-x occupied elsewhere
        C 3 subscribes orders
        C 3 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        C + orders occupied
        C + 3.3 hears orders
        C 3 < {"event":"pusher_internal:subscription_count","channel":"orders","data":"{\"subscription_count\":1}"}
        C + orders counts 1
        A + orders occupied elsewhere
        B + orders occupied elsewhere
        B 2 subscribes presence-x {"user_id":"bob"}
        B 2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"bob\",\"cid\"],\"hash\":{\"bob\":null,\"cid\":null},\"count\":2}}"}
        B + bob joins presence-x
        B + 2.2 hears presence-x
        C 3 < {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"bob\"}"}
        C dies
        at 3
        at 6
        at 9
        at 11
        A + cid leaves presence-x
        A + orders vacated
        B 2 < {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"cid\"}"}
        B + orders vacated elsewhere
        A ask presence-x
        A = 1 subscribe; members bob
        "#,
    );
}

#[test]
fn lost_doubled_and_reversed_words_are_healed() {
    check_two(
        config(),
        r#"
        A 1 connects
        B 2 connects
        B 2 subscribes presence-x {"user_id":"bob"}
        B 2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"bob\"],\"hash\":{\"bob\":null},\"count\":1}}"}
        B + presence-x occupied
        B + bob joins presence-x
        B + 2.2 hears presence-x
        A + presence-x occupied elsewhere
        # The last change is lost: the beat tells.
        next words lost
        A 1 subscribes presence-x {"user_id":"ann"}
        A 1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"ann\",\"bob\"],\"hash\":{\"ann\":null,\"bob\":null},\"count\":2}}"}
        A + ann joins presence-x
        A + 1.1 hears presence-x
        at 3
        B 2 < {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"ann\"}"}
        # A change is lost and another follows: it shows at once, but no state is told twice in a second.
        next words lost
        A 1 > {"event":"pusher:unsubscribe","data":{"channel":"presence-x"}}
        A + ann leaves presence-x
        at 5
        next words doubled
        A 1 subscribes presence-y {"user_id":"ann"}
        A 1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-y","data":"{\"presence\":{\"ids\":[\"ann\"],\"hash\":{\"ann\":null},\"count\":1}}"}
        A + presence-y occupied
        A + ann joins presence-y
        A + 1.1 hears presence-y
        B 2 < {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"ann\"}"}
        B + presence-y occupied elsewhere
        "#,
    );
}

#[test]
fn without_the_broker_each_node_serves_its_own_and_they_agree_again_after() {
    check_two(
        config(),
        r#"
        A 1 connects
        B 2 connects
        A 1 subscribes presence-x {"user_id":"ann"}
        A 1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"ann\"],\"hash\":{\"ann\":null},\"count\":1}}"}
        A + presence-x occupied
        A + ann joins presence-x
        A + 1.1 hears presence-x
        B + presence-x occupied elsewhere
        at 2
        A loses the broker
        B loses the broker
        B 2 subscribes presence-x {"user_id":"bob"}
        B 2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"ann\",\"bob\"],\"hash\":{\"ann\":null,\"bob\":null},\"count\":2}}"}
        B + bob joins presence-x
        B + 2.2 hears presence-x
        B trigger presence-x moved 1
        B 2 < {"event":"moved","channel":"presence-x","data":"1"}
        at 20
        A joins
        B joins
        A 1 < {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"bob\"}"}
        at 23
        # A longer time without: nobody knows of the others any more, and nobody is told that they left for good.
        A loses the broker
        B loses the broker
        at 53
        A 1 < {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"bob\"}"}
        B 2 < {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"ann\"}"}
        A joins
        B joins
        A 1 < {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"bob\"}"}
        B 2 < {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"ann\"}"}
        "#,
    );
}

#[test]
fn a_node_that_drains_takes_its_leave() {
    check_two(
        config(),
        r#"
        A 1 connects
        A 1 subscribes orders
        A 1 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        A + orders occupied
        A + 1.1 hears orders
        B + orders occupied elsewhere
        A drain
        A 1 closed 4200 the server is stopping; connect again
        A + orders vacated
        B + orders vacated elsewhere
        B ask orders
        B = 0 subscribe
        A dies
        at 60
        "#,
    );
}
