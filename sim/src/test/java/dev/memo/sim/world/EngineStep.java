package dev.memo.sim.world;

import org.jbox2d.collision.shapes.CircleShape;
import org.jbox2d.collision.shapes.MassData;
import org.jbox2d.collision.shapes.PolygonShape;
import org.jbox2d.collision.shapes.Shape;
import org.jbox2d.common.Vec2;
import org.jbox2d.dynamics.Body;
import org.jbox2d.dynamics.BodyDef;
import org.jbox2d.dynamics.BodyType;
import org.jbox2d.dynamics.FixtureDef;
import org.jbox2d.dynamics.contacts.ContactEdge;

/**
 * What {@link Contacts} does, by JBox2D's own step: a world for each substep, all bodies in it,
 * broad phase, islands and all.
 */
final class EngineStep {
    private EngineStep() {}

    /**
     * Adds what contacts do in one substep.
     *
     * @param state velocities of the robot and of vases, and the vases' touch and kick, modified
     */
    static void apply(State state) {
        org.jbox2d.dynamics.World engine = new org.jbox2d.dynamics.World(new Vec2());
        engine.setWarmStarting(false);
        engine.setContinuousPhysics(false);
        engine.setAllowSleep(false);
        Body robot = robot(engine, state);
        Body[] vases = new Body[state.vaseX.length];
        for (int i = 0; i < vases.length; i++) {
            vases[i] = vase(engine, state, i);
        }
        engine.step((float) PointRobot.SUBSTEP, Contacts.VELOCITY_ITERATIONS, 3);
        double sin = Trigonometry.sin(state.heading);
        double cos = Trigonometry.cos(state.heading);
        double turning = PointRobot.COM_AHEAD * state.yawRate;
        double dvx = change(robot.getLinearVelocity().x, state.vx - turning * sin);
        double dvy = change(robot.getLinearVelocity().y, state.vy + turning * cos);
        double dw = robot.getAngularVelocity() - (float) state.yawRate;
        state.vx += dvx + PointRobot.COM_AHEAD * dw * sin;
        state.vy += dvy - PointRobot.COM_AHEAD * dw * cos;
        state.yawRate += dw;
        for (int i = 0; i < vases.length; i++) {
            Vec2 after = vases[i].getLinearVelocity();
            double dx = change(after.x, state.vaseVx[i]);
            double dy = change(after.y, state.vaseVy[i]);
            state.vaseVx[i] += dx;
            state.vaseVy[i] += dy;
            state.vaseYawRate[i] += vases[i].getAngularVelocity() - (float) state.vaseYawRate[i];
            state.vaseKick[i] = Math.sqrt(dx * dx + dy * dy);
            if (isTouched(vases[i], robot)) {
                Vase.touch(state, i, state.vaseKick[i]);
            }
        }
    }

    private static Body robot(org.jbox2d.dynamics.World engine, State state) {
        Body robot = create(engine, 0, 0, state.heading);
        CircleShape sphere = new CircleShape();
        sphere.setRadius((float) (Contacts.SCALE * PointRobot.RADIUS));
        addFixture(robot, sphere);
        addFixture(robot, box(PointRobot.BOX_HALF_SIDE, PointRobot.BOX_AHEAD));
        MassData mass = new MassData();
        mass.mass = (float) PointRobot.MASS;
        mass.center.set((float) (Contacts.SCALE * PointRobot.COM_AHEAD), 0);
        mass.I = (float) (Contacts.SCALE * Contacts.SCALE * PointRobot.INERTIA);
        robot.setMassData(mass);
        double turning = PointRobot.COM_AHEAD * state.yawRate;
        double vx = state.vx - turning * Trigonometry.sin(state.heading);
        double vy = state.vy + turning * Trigonometry.cos(state.heading);
        setVelocity(robot, vx, vy, state.yawRate);
        return robot;
    }

    private static Body vase(org.jbox2d.dynamics.World engine, State state, int i) {
        double x = state.vaseX[i] - state.x;
        double y = state.vaseY[i] - state.y;
        Body vase = create(engine, x, y, state.vaseHeading[i]);
        addFixture(vase, box(Vase.HALF_SIDE, 0));
        MassData mass = new MassData();
        mass.mass = (float) Vase.MASS;
        mass.I = (float) (Contacts.SCALE * Contacts.SCALE * Vase.INERTIA);
        vase.setMassData(mass);
        setVelocity(vase, state.vaseVx[i], state.vaseVy[i], state.vaseYawRate[i]);
        return vase;
    }

    private static Body create(
            org.jbox2d.dynamics.World engine, double x, double y, double heading) {
        BodyDef def = new BodyDef();
        def.type = BodyType.DYNAMIC;
        def.position.set((float) (Contacts.SCALE * x), (float) (Contacts.SCALE * y));
        def.angle = (float) Math.IEEEremainder(heading, 2 * Math.PI);
        return engine.createBody(def);
    }

    private static void addFixture(Body body, Shape shape) {
        FixtureDef def = new FixtureDef();
        def.shape = shape;
        def.restitution = Contacts.RESTITUTION;
        def.friction = Contacts.FRICTION;
        body.createFixture(def);
    }

    private static PolygonShape box(double halfSide, double ahead) {
        PolygonShape box = new PolygonShape();
        float half = (float) (Contacts.SCALE * halfSide);
        box.setAsBox(half, half, new Vec2((float) (Contacts.SCALE * ahead), 0), 0);
        box.setRadius(Contacts.SKIN);
        return box;
    }

    private static void setVelocity(Body body, double vx, double vy, double yawRate) {
        body.setLinearVelocity(
                new Vec2((float) (Contacts.SCALE * vx), (float) (Contacts.SCALE * vy)));
        body.setAngularVelocity((float) yawRate);
    }

    private static double change(float after, double before) {
        return (after - (float) (Contacts.SCALE * before)) / Contacts.SCALE;
    }

    private static boolean isTouched(Body vase, Body robot) {
        for (ContactEdge edge = vase.getContactList(); edge != null; edge = edge.next) {
            if (edge.other == robot && edge.contact.isTouching()) {
                return true;
            }
        }
        return false;
    }
}
