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
 * What touching bodies do to each other's velocities, by JBox2D. One for each thread: it keeps no
 * state from one call to the next.
 *
 * <p>In a substep in which bodies touch, those bodies are put into the engine with their poses and
 * the velocities of free motion, the engine steps once, and the change of velocity is added to the
 * model's. Poses stay the model's, so the engine's position correction is not taken over.
 *
 * <p>Bodies are created in the order of their indices and destroyed in reverse: then the engine
 * hands out the same proxies every time, and its history cannot change a bit. Lengths are ten times
 * ours inside, since the engine's slop (5 mm) and its threshold for restitution (1 m/s) are made
 * for larger things. It looks headings up in a table of 1.1e-4 rad.
 */
final class Contacts {
    /** Engine lengths per metre. */
    private static final double SCALE = 10;

    /** Fitted to MuJoCo's rams, for all bodies alike. */
    private static final float RESTITUTION = 0.46f;

    private static final float FRICTION = 0.28f;

    private static final int VELOCITY_ITERATIONS = 8;
    private static final int POSITION_ITERATIONS = 3;

    /** A polygon's skin in engine lengths, small enough to be neglected; the stock one is 1 mm. */
    private static final float SKIN = 1e-4f;

    /** Bodies this near may touch in the engine: two skins, and 1e-4 m for its float32, m. */
    private static final double MARGIN = 2 * SKIN / SCALE + 1e-4;

    private final org.jbox2d.dynamics.World engine;
    private final BodyDef bodyDef = new BodyDef();
    private final FixtureDef sphere;
    private final FixtureDef robotBox;
    private final FixtureDef vaseBox;
    private final MassData robotMass = new MassData();
    private final MassData vaseMass = new MassData();
    private final Vec2 velocity = new Vec2();

    private final double margin;
    private final boolean[] near;
    private final Body[] vases;
    private Body robot;
    private boolean robotNear;

    /** Contacts among one robot and so many vases. */
    Contacts(int maxVases) {
        this(maxVases, MARGIN);
    }

    /** Loads bodies within a margin of another into the engine, m. A wider one changes no bit. */
    Contacts(int maxVases, double margin) {
        this.margin = margin;
        near = new boolean[maxVases];
        vases = new Body[maxVases];
        engine = new org.jbox2d.dynamics.World(new Vec2());
        engine.setWarmStarting(false);
        engine.setContinuousPhysics(false);
        engine.setAllowSleep(false);
        bodyDef.type = BodyType.DYNAMIC;
        CircleShape circle = new CircleShape();
        circle.setRadius((float) (SCALE * PointRobot.RADIUS));
        sphere = fixture(circle);
        robotBox = fixture(box(PointRobot.BOX_HALF_SIDE, PointRobot.BOX_AHEAD));
        vaseBox = fixture(box(Vase.HALF_SIDE, 0));
        robotMass.mass = (float) PointRobot.MASS;
        robotMass.center.set((float) (SCALE * PointRobot.COM_AHEAD), 0);
        // The engine takes the inertia about the body's origin.
        robotMass.I = (float) (SCALE * SCALE * PointRobot.INERTIA);
        vaseMass.mass = (float) Vase.MASS;
        vaseMass.I = (float) (SCALE * SCALE * Vase.INERTIA);
    }

    private static PolygonShape box(double halfSide, double ahead) {
        PolygonShape box = new PolygonShape();
        float half = (float) (SCALE * halfSide);
        box.setAsBox(half, half, new Vec2((float) (SCALE * ahead), 0), 0);
        box.setRadius(SKIN);
        return box;
    }

    private static FixtureDef fixture(Shape shape) {
        FixtureDef def = new FixtureDef();
        def.shape = shape;
        def.restitution = RESTITUTION;
        def.friction = FRICTION;
        return def;
    }

    /**
     * Adds what contacts do in one substep.
     *
     * @param state poses not modified; velocities of the robot and of vases, and the vases' touch
     *     and kick, modified
     */
    void apply(State state, Parameters parameters) {
        int count = parameters.vases;
        for (int i = 0; i < count; i++) {
            state.vaseKick[i] = 0;
        }
        if (findNear(state, count)) {
            load(state, count);
            engine.step((float) PointRobot.SUBSTEP, VELOCITY_ITERATIONS, POSITION_ITERATIONS);
            addChanges(state, count);
            touchByRobot(state, count);
            unload(count);
        }
    }

    /** Marks the bodies that touch another; false if no contact could change anything. */
    private boolean findNear(State state, int count) {
        robotNear = false;
        boolean moving = false;
        for (int i = 0; i < count; i++) {
            near[i] = Proximity.robotToVase(state, i, margin);
            robotNear |= near[i];
            moving |= !Vase.isStill(state, i);
        }
        if (!robotNear && !moving) {
            return false;
        }
        boolean blow = robotNear;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                if (Proximity.vaseToVase(state, i, j, margin)) {
                    near[i] = true;
                    near[j] = true;
                    blow |= !Vase.isStill(state, i) || !Vase.isStill(state, j);
                }
            }
        }
        return blow;
    }

    private void load(State state, int count) {
        if (robotNear) {
            robot = create(0, 0, state.heading);
            robot.createFixture(sphere);
            robot.createFixture(robotBox);
            robot.setMassData(robotMass);
            // The engine's velocity is that of the centre of mass.
            double turning = PointRobot.COM_AHEAD * state.yawRate;
            setVelocity(
                    robot,
                    state.vx - turning * Trigonometry.sin(state.heading),
                    state.vy + turning * Trigonometry.cos(state.heading),
                    state.yawRate);
        }
        for (int i = 0; i < count; i++) {
            if (near[i]) {
                // Relative to the robot, which keeps float32 exact where it matters.
                double x = state.vaseX[i] - state.x;
                double y = state.vaseY[i] - state.y;
                vases[i] = create(x, y, state.vaseHeading[i]);
                vases[i].createFixture(vaseBox);
                vases[i].setMassData(vaseMass);
                setVelocity(vases[i], state.vaseVx[i], state.vaseVy[i], state.vaseYawRate[i]);
            }
        }
    }

    private Body create(double x, double y, double heading) {
        bodyDef.position.set((float) (SCALE * x), (float) (SCALE * y));
        bodyDef.angle = (float) Math.IEEEremainder(heading, 2 * Math.PI);
        return engine.createBody(bodyDef);
    }

    private void setVelocity(Body body, double vx, double vy, double yawRate) {
        body.setLinearVelocity(velocity.set((float) (SCALE * vx), (float) (SCALE * vy)));
        body.setAngularVelocity((float) yawRate);
    }

    private void addChanges(State state, int count) {
        if (robotNear) {
            Vec2 after = robot.getLinearVelocity();
            double sin = Trigonometry.sin(state.heading);
            double cos = Trigonometry.cos(state.heading);
            double turning = PointRobot.COM_AHEAD * state.yawRate;
            double dvx = change(after.x, state.vx - turning * sin);
            double dvy = change(after.y, state.vy + turning * cos);
            double dw = robot.getAngularVelocity() - (float) state.yawRate;
            state.vx += dvx + PointRobot.COM_AHEAD * dw * sin;
            state.vy += dvy - PointRobot.COM_AHEAD * dw * cos;
            state.yawRate += dw;
        }
        for (int i = 0; i < count; i++) {
            if (near[i]) {
                Vec2 after = vases[i].getLinearVelocity();
                double dvx = change(after.x, state.vaseVx[i]);
                double dvy = change(after.y, state.vaseVy[i]);
                state.vaseVx[i] += dvx;
                state.vaseVy[i] += dvy;
                state.vaseYawRate[i] +=
                        vases[i].getAngularVelocity() - (float) state.vaseYawRate[i];
                state.vaseKick[i] = Math.sqrt(dvx * dvx + dvy * dvy);
            }
        }
    }

    /** Exactly 0 where the engine has left a velocity as it was loaded. */
    private static double change(float after, double before) {
        return (after - (float) (SCALE * before)) / SCALE;
    }

    private void touchByRobot(State state, int count) {
        for (int i = 0; i < count; i++) {
            if (robotNear && near[i] && isTouched(vases[i])) {
                Vase.touch(state, i, state.vaseKick[i]);
            }
        }
    }

    private boolean isTouched(Body vase) {
        for (ContactEdge edge = vase.getContactList(); edge != null; edge = edge.next) {
            if (edge.other == robot && edge.contact.isTouching()) {
                return true;
            }
        }
        return false;
    }

    private void unload(int count) {
        for (int i = count - 1; i >= 0; i--) {
            if (near[i]) {
                engine.destroyBody(vases[i]);
            }
        }
        if (robotNear) {
            engine.destroyBody(robot);
        }
    }
}
